"""One file per desk: typed request in, result out."""
