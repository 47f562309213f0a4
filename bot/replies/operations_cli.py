"""What the commands of the operator's house say: moving, drills, backups, photos."""

from collections.abc import Sequence
from typing import Final

from bot.replies.cli import FAULTS

MOVE_HELP: Final = (
    "把 SQLite 里的账搬进一个空的 PostgreSQL,搬完逐表核对;对上了才算数,对不上就什么也不留。"
    "搬之前先停下积分助手。原来的文件不改也不删。"
    "\n\nJSON:{moved, rows, tables: [{table, rows, digest}], "
    "villages: [{village, name, entries, head, totals, earned, redeemed}], inbox, outbox};"
    "head 是台账最后一笔的序号和校验码,totals 是各户各月合计有几条,分数以分为单位"
)
MOVE_TO: Final = (
    "搬到哪里:postgresql://用户:密码@主机/库名。密码也可以放在 PGPASSWORD 或 ~/.pgpass 里。"
)
MOVE_CHECK: Final = "不搬,只核对两边是不是一样。"
MOVING: Final = "搬账和核对"
MOVE_COLUMNS: Final = ("村", "台账笔数", "最后一笔", "各户各月合计", "得分", "兑换")
MOVE_MAIL: Final = "收到的消息{inbox}条、要发的消息{outbox}条,两边一样。"
MOVE_DONE: Final = "搬好了,核对无误:{tables}张表,{rows}行,两边一样;台账和合计重算过,都对。"
MOVE_SAME: Final = "核对无误:{tables}张表,{rows}行,两边一样;台账和合计重算过,都对。"
MOVE_NEXT: Final = "下一步:把 JIFEN_DATABASE_URL 设成新地址,再运行 jifen doctor 和 jifen run。原来的 {file} 请留着。"
MOVE_BUSY: Final = "积分助手还在运行,请先停下来,再搬。"
MOVE_TARGET: Final = "--to 要写 PostgreSQL 的地址,比如 postgresql://用户:密码@主机/库名。"
MOVE_MOVED: Final = (
    "现在用的已经是 PostgreSQL,不用搬。要换一个库,请用 jifen backup 和 jifen restore。"
)
MOVE_OCCUPIED: Final = "目标库不是空的,里面有:{tables}。请换一个空的库。没有动它。"
MOVE_UNPROVED: Final = (
    "核对没有通过,共{count}处:{faults}。两边都没有改动。请先运行 jifen verify,再联系维护人员。"
)
MOVE_FAULTS: Final = {
    "table": "表不一样",
    "ledger": "台账的数目不一样",
    "inbox": "收到的消息数目不一样",
    "outbox": "要发的消息数目不一样",
}

RESTORE_CHECK: Final = (
    "只演练:恢复到一个临时的地方,核对一遍,说出结果,什么也不留下。积分助手可以照常运行。"
    "\n\nJSON:{file, written_at, photos, has_photos, has_secret, "
    "villages: [{village, name, entries, head, totals, earned, redeemed}], clean, faults}"
)
DRILLING: Final = "演练恢复"
DRILL_FILE: Final = "{file},{at}写的。"
DRILL_COLUMNS: Final = ("村", "台账笔数", "最后一笔")
DRILL_WITHOUT_PHOTOS: Final = "这份备份不带照片,照片是对着现在的照片库核对的。"
DRILL_KEY_APART: Final = "密钥不在备份里,在设置 JIFEN_SECRET_KEY 里,请另外保存好。"
DRILL_KEY_MISSING: Final = "备份里没有密钥,也没有设置 JIFEN_SECRET_KEY:恢复以后,住户的纸条要重印。"
DRILL_GOOD: Final = "这份备份能用。什么也没留下。"
DRILL_BAD: Final = "这份备份恢复得出来,但是核对有不符的地方。请看更早的备份。"

PHOTOS: Final = "照片。"
PHOTOS_MOVE_HELP: Final = (
    "把照片文件夹里的照片搬到 JIFEN_PHOTOS_URL 设的对象存储,每张都核对;原来的不删。"
    "可以再运行,只搬还没有的。"
    "\n\nJSON:{moved, there_before, damaged, clean, faults}"
)
PHOTOS_BACK: Final = "反过来:从对象存储搬回照片文件夹。"
PHOTOS_MOVING: Final = "搬照片"
PHOTOS_MOVED: Final = "搬了{moved}张照片,{before}张早就在那边。"
PHOTOS_DAMAGED: Final = "这张照片在原处已经坏了,没有搬:{photo}"
PHOTOS_NEXT: Final = (
    "重新启动积分助手后,再运行一次 jifen photos move,把这期间新来的也搬过去。文件夹里的先留着。"
)
PHOTOS_NEXT_BACK: Final = (
    "去掉 JIFEN_PHOTOS_URL,重新启动积分助手。搬的时候又来了照片的话,先停下来再搬一次。"
)
PHOTOS_NO_BUCKET: Final = "没有设对象存储。请先设 JIFEN_PHOTOS_URL,比如 s3://桶名。"
PHOTOS_AWAY: Final = "照片的对象存储连不上或者不让进:{reason}"
PHOTOS_AWAY_MEND: Final = "查看 JIFEN_PHOTOS_URL、JIFEN_S3_ENDPOINT、JIFEN_S3_ACCESS_KEY、JIFEN_S3_SECRET_KEY 对不对,桶建没建。"
PHOTOS_SPOILT: Final = "对象存储还回来的照片和存进去的不一样:{photo}。没有继续搬。"
PHOTOS_REACHED: Final = "照片的对象存储能写能读:{url}"
BACKUP_LAST: Final = "最近一份好的备份:{at}({file})。"
BACKUP_OLD: Final = "最近一份好的备份是{at}的,已经{days}天没有新的了({file})。"
BACKUP_NONE: Final = "还没有备份;第一晚以后应该有。"
BACKUP_NEVER: Final = "用了{days}天,一份备份也没有。"
BACKUP_OFF: Final = "自动备份关着(JIFEN_BACKUPS_KEPT=0),请在别处备份。"
BACKUP_MEND: Final = "运行 jifen backup 看它说什么;再看磁盘满没满、日志里有没有 upkeep failed。"
NAMED_MAX: Final = 5


def move_unproved(faults: Sequence[tuple[str, str]]) -> str:
    """Say where two databases differ or do not add up; the first few by name."""
    known = {**FAULTS, **MOVE_FAULTS}
    named = "、".join(f"{known.get(kind, kind)}({where})" for kind, where in faults[:NAMED_MAX])
    return MOVE_UNPROVED.format(count=len(faults), faults=named)
