"""What the doctor says (体检): each check, what it found, how to mend it."""

from typing import Final

CHECK_COLUMNS: Final = ("", "检查", "结果", "怎么修")
LEVELS: Final = {"ok": "好", "warning": "注意", "failed": "不行"}
CHECKS: Final = {
    "settings": "设置",
    "database": "数据库",
    "clock": "时间",
    "disk": "磁盘",
    "gateway": "微信网关",
    "photos": "照片",
    "backup": "备份",
    "fonts": "字体",
}
DOCTOR_FAILED: Final = "有“不行”的,请照“怎么修”一项一项修好。"
SETTINGS_READ: Final = "设置都读得懂,数据放在 {folder}"
SETTINGS_MEND: Final = "改 .env 里的这几项,或者删掉用默认的。"
KEY_SHORT: Final = "JIFEN_SECRET_KEY 太短,容易被猜到。"
KEY_MEND: Final = "换成32个以上的随机字母和数字;换了以后,发出去的纸条要重印。"
DATABASE_GOOD: Final = "连得上,能写,结构是最新的({kind})。"
DATABASE_FRESH: Final = "还没有建库,第一次运行时自动建({kind})。"
DATABASE_BEHIND: Final = "连得上,能写;结构是旧版本的,下次运行时自动升级({kind})。"
DATABASE_MEND: Final = "查看数据库有没有启动、JIFEN_DATABASE_URL 对不对、这个用户能不能建表。"
DATABASE_SQLITE_MEND: Final = (
    "查看 {path} 能不能读写、磁盘满没满;文件坏了就用 jifen restore 恢复备份。"
)
DATABASE_TOO_NEW_MEND: Final = "把积分助手升级到新版本。"
CLOCK_GOOD: Final = "现在是 {now}(北京时间)。"
CLOCK_ZONE: Final = "没有 Asia/Shanghai 的时区数据。"
CLOCK_ZONE_MEND: Final = "重新安装:pip install tzdata"
CLOCK_YEAR: Final = "这台机器的时间是 {now},年份不对。"
CLOCK_DRIFT: Final = "和数据库的时间差了{seconds}秒。"
CLOCK_MEND: Final = "打开自动校时,比如 timedatectl set-ntp true。"
DISK_GOOD: Final = "{folder} 还有{free} GB。"
DISK_LOW: Final = "{folder} 只剩{free} GB。"
DISK_LOW_MEND: Final = "清理磁盘,或者用 JIFEN_DATA_DIR 换一个大的盘。"
DISK_CLOSED: Final = "{folder} 写不进去。"
DISK_CLOSED_MEND: Final = "给运行积分助手的用户这个文件夹的读写权限。"
GATEWAY_NONE: Final = "没有接微信,村民用网页 {site}。"
GATEWAY_GOOD: Final = "{endpoint} 连得上。"
GATEWAY_AWAY: Final = "{endpoint} 连不上:{reason}"
GATEWAY_AWAY_MEND: Final = (
    "查看网关有没有启动、JIFEN_WECHATY_ENDPOINT 的地址和端口对不对、防火墙放没放行。"
)
GATEWAY_ADDRESS: Final = "JIFEN_WECHATY_ENDPOINT 要写成 主机:端口,现在是“{endpoint}”。"
GATEWAY_ADDRESS_MEND: Final = "写成比如 127.0.0.1:8788。"
GATEWAY_UNSIGNED: Final = "没有写 JIFEN_WECHATY_TOKEN。"
GATEWAY_UNSIGNED_MEND: Final = "把网关的 token 写进 .env。"
GATEWAY_CA: Final = "JIFEN_WECHATY_TLS 写的证书文件不在:{path}"
GATEWAY_CA_MEND: Final = "写 on、off,或者一个存在的 CA 证书文件。"
PHOTOS_GOOD: Final = "照片文件夹可以读写:{folder}"
PHOTOS_CLOSED: Final = "照片文件夹不能读写:{folder}"
FONTS_GOOD: Final = "有中文字体:{font}"
FONTS_PROBE: Final = "积分公示𠮷㛃䶮堃"
FONTS_NONE: Final = "打印用的中文字体读不出,打印公示和纸条时会缺字;聊天和网页不受影响。"
FONTS_MEND: Final = "重新安装:make install"
