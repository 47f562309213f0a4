"""What the commands of paper say (海报、导出、导入): sentences and help."""

from typing import Final

POSTER: Final = "打印用的公示海报、奖状、兑换目录、凭证和小纸条,还有发到群里的排名图、公示图。"
SLIPS: Final = (
    "打印每户的小纸条,一页八张,有绑定码和二维码,沿虚线裁开。"
    "\n\nJSON:{files, households, missing};missing 是字库里没有的字"
)
RANKING: Final = "打印一个季度的积分排名图,姓名隐去一部分。\n\nJSON:{files, households, missing}"
PUBLICATION: Final = (
    "打印一个季度的公示,贴村公开栏用。户数多就分几页。只打印已经发布过的,姓名和公示时一样隐去一部分。"
    "\n\nJSON:{files, households, missing};missing 是字库里没有的字"
)
NOTICE: Final = "打印发到群里的公示图,写前几名和怎么提异议。\n\nJSON:{files, households, missing}"
CERTIFICATE: Final = (
    "打印一年的荣誉证书,一户一张,写户主全名,当面交给本人。\n\nJSON:{files, certificates, missing}"
)
CATALOGUE: Final = "打印一轮兑换的目录,贴村公开栏用。\n\nJSON:{files, goods, missing}"
VOUCHERS: Final = (
    "打印一轮兑换的凭证登记,有户主全名,只归档不张贴。\n\nJSON:{files, vouchers, missing}"
)
PAPER: Final = "a3 或 a4。"
PERIOD_SHOWN: Final = "哪个季度,写成 2026-Q3;不写就是最近公示的。"
ROUND: Final = "今年第几轮;不写就是正在换的,没有就是最近一轮。"
YEAR: Final = "哪一年;不写就是今年。"
HOUSEHOLD: Final = "只打印这一户的,写成 3组12号。"
NOTHING_SHOWN: Final = "{village}还没有发布过公示。"
QUARTER_NOT_SHOWN: Final = "{village}还没有发布过{quarter}的公示。"
NO_HONOURS: Final = "{village}{year}年没有要打印的荣誉。"
NO_VOUCHERS: Final = "“{round}”还没有人领过东西,没有凭证。"
PERIOD: Final = "哪个季度,写成 2026-Q3;不写就是本季度。"
FORMAT: Final = "pdf 或 png;不写就看文件名的结尾。"
POSTER_TO: Final = "写到这个文件;png 有几页就写几个文件,后面加 -1、-2。"
FORCE: Final = "文件已经有了也覆盖。"
PERIOD_UNREADABLE: Final = "“{text}”不是季度,请写成 2026-Q3。"
PRINTED: Final = {
    "households": "印好了{count}户,{files}",
    "certificates": "印好了{count}张证书,{files}",
    "goods": "印好了{count}样物品,{files}",
    "vouchers": "印好了{count}张凭证,{files}",
}
FORMAT_UNKNOWN: Final = "文件名要以 .pdf 或 .png 结尾:{name}"
MISSING: Final = "字库里没有这几个字,印出来是方框,请用手写上:{letters}"
PRESS_FAILED: Final = "没有印出来:{reason}。请再试一次,还不行就交给维护人员。"

EXPORT: Final = "把台账、申报、公示、参与情况、兑换和细则写成 Excel 表格。"
EXPORT_LEDGER: Final = "把村里一年的台账写成 Excel。\n\nJSON:{file, rows}"
EXPORT_CLAIMS: Final = "把村里一年的申报写成 Excel。\n\nJSON:{file, rows}"
EXPORT_PUBLICATION: Final = (
    "把村里一年的公示写成 Excel,每次公示一张表,姓名和公示时一样。\n\nJSON:{file, rows}"
)
EXPORT_PARTICIPATION: Final = (
    "把村里一年的参与情况写成 Excel,有全名,给委员走访用,不张贴。\n\nJSON:{file, rows}"
)
EXPORT_REDEMPTION: Final = "把村里一年的兑换写成 Excel:批次、目录、凭证。\n\nJSON:{file, rows}"
EXPORT_RULEBOOK: Final = "把一年年底有效的细则写成 Excel。\n\nJSON:{file, rows}"
RULEBOOK_NONE: Final = "{village}{year}年没有有效的细则。"
EXPORT_TO: Final = "写到这个文件,.xlsx。"
EXPORTING: Final = "写表格"
EXPORTED: Final = "写好了{rows}行:{file}"
XLSX_SUFFIX: Final = "文件名要以 .xlsx 结尾:{name}"

CLAIMS_IMPORT: Final = (
    "把一张纸质申报表(Excel)一次代录进去。列:日期 组 门牌 户主 事项 数量 地点 说明,次序随意。"
    "代录的还要别的委员审核。有问题的行写到另一个 Excel,旁边有原因。同一张表再导入一次,不会多记。"
    "\n\nJSON:{recorded, known, rejected, rows: [{line, action, number, reasons}]};"
    "action 是 recorded、known 或 rejected"
)
CLAIMS_TEMPLATE: Final = (
    "写一张空的纸质申报表(Excel),里面有怎么填;填好用 jifen claims import 导入。"
)
CLAIMS_TEMPLATE_TO: Final = "写到这个文件,.xlsx。"
CLAIMS_TEMPLATE_WRITTEN: Final = "表写好了:{file}\n填好以后先看看:jifen claims import {file} --village 村名 --by 委员姓名 --dry-run"
CLAIMS_FILE: Final = "申报表,.xlsx 文件。"
CLAIMS_BY: Final = "代录的审核委员,写姓名。"
CLAIMS_DRY: Final = "只检查一遍,不记;有问题的行,退出码是1。要问题清单,再写 --problems。"
CLAIMS_PROBLEMS: Final = "有问题的行写到这个 .xlsx 文件;不写就放在旁边,叫“原名-问题.xlsx”(只检查的时候不写)。已经有的文件不动,另起一个名字。"
CLAIMS_READING: Final = "读申报表"
CLAIMS_DONE: Final = "代录了{recorded}条,等别的委员审核;以前记过{known}条;有问题{rejected}行。"
CLAIMS_CHECKED: Final = "只是看看,没有记。能代录{recorded}条;以前记过{known}条;有问题{rejected}行。"
CLAIMS_VILLAGE: Final = "缺少 --village。看用法:jifen claims --help"
MEMBER_UNKNOWN: Final = "“{name}”不是{village}的审核委员。现在的委员:{known}。"
MEMBERS_NONE: Final = "{village}还没有审核委员,请先用 jifen roles invite。"
MEMBER_TWICE: Final = "叫“{name}”的审核委员不止一位,请让其中一位改个叫法再导入。"
