"""What the commands of the notice board say (公示栏)."""

from typing import Final

BOARD: Final = "村里的公示栏网页:公示、细则、兑换,接下来有什么事。"
LINK: Final = (
    "公示栏的网址。知道网址的人都能看,别人猜不到;同一个密钥网址不变。"
    "\n\nJSON:{village, url, files};files 是画出来的二维码"
)
QR: Final = "把网址的二维码画到这个文件,.svg,可以印到海报上。"
FORCE: Final = "文件已经有了也覆盖。"
LINKED: Final = "{village}的公示栏:{url}"
DRAWN: Final = "二维码:{file}"
SVG_SUFFIX: Final = "文件名要以 .svg 结尾:{name}"
UNREACHABLE: Final = "还没有设置 JIFEN_BASE_URL,这个网址只有这台机器打得开,“公示”的回复里也不会写。"
