"""The read-only HTTP interface for the district's platform (数据接口): figures, never names."""
