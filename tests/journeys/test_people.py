"""People in dialogues: taking part, leaving, one's own records, what is published, the roster."""

from datetime import UTC, date, datetime

from sqlalchemy import select
from sqlmodel import SQLModel

from domain.household_change import ChangeKind
from domain.membership import HouseholdId, PersonId, Role
from storage.people import Contact
from storage.villages import HOUSEHOLD
from tests.builders import ACCOUNT
from tests.cast import ZHANG
from tests.journeys.calendar import CalendarStage
from tests.journeys.stage import Stage
from tests.journeys.test_publication import EARNED, RELEASED


def flag(stage: Stage, household: int, **values: object) -> None:
    """Let the roster say something of a household."""
    with stage.open_books() as books:
        change = HOUSEHOLD.update().where(HOUSEHOLD.c.id == household)
        books.connection.execute(change.values(**values))


def test_the_rate_is_for_everybody_and_the_figures_for_those_who_work_for_it(
    stage: Stage,
) -> None:
    flag(stage, 1, star=3)
    flag(stage, 3, is_party=True)
    with stage.open_books() as books:
        for contact, role in (("office", Role.ADMINISTRATOR), ("watch", Role.SUPERVISOR)):
            person = books.people.add(1, name=contact, household=None, at=stage.clock.now)
            books.people.bind(1, Contact(ACCOUNT, contact), person, at=stage.clock.now)
            books.people.grant(1, person, role, at=stage.clock.now)
    figures = """幸福村2026年参与情况:
          | 应参加7户,绑了手机的5户,有积分的1户。
          | 参与率14.2%,离80%还差5户。
          | 星级户1户中参加1户,都参加了;党员户1户中参加0户,还差1户。
          | 各组:1组0/1户、2组0/1户、3组1/2户、4组0/2户、5组0/1户。
          | 委员想看还没参加的人家,回“未参与”。"""
    stage.play(
        f"""
        张三: 参与率
          → 张三: 今年村里还没有人家记到积分。您家做了好事也来报一报,垃圾分类、帮邻居都算,回“细则”看看。
        张三: 申报 开会
          → 张三: …
        李会计: 通过 1
          → 李会计: …
          ⇒ 张三: …
        张三@村群: 参与率
          → 张三@村群: 今年全村有14.2%的人家参加了积分。您家也在里面,谢谢!
        王阿婆@村群: 参与率
          → 王阿婆@村群: 今年全村有14.2%的人家参加了积分。您家做了好事也来报一报,垃圾分类、帮邻居都算,回“细则”看看。
        李会计@村群: 参与率
          → 李会计@村群: {figures}
        office: 参与率
          → office: {figures}
        watch: 参与率
          → watch: {figures}
        生人: 参与率
          → 生人: 您还没有绑定到哪一户。…
        """
    )


def test_who_is_not_reached_is_for_the_committee_alone_and_never_for_the_room(
    stage: Stage,
) -> None:
    stage.play(
        """
        张三: 未参与
          → 张三: 这件事要审核委员来做,您不用管。想看自己家的,回“进度”或“我家多少分”。
        李会计@村群: 未参与
          → 李会计: 还没参加的7户,上门看看时用,请不要转到群里:
          | 1组:6号李国平
          | 2组:3号陈卫东
          | 3组:12号张三、15号王桂英
          | 4组:8号赵大伟、9-1号周小妹
          | 5组:1号周小妹
        李会计@委员群: 未参与名单
          → 李会计@委员群: 还没参加的7户,…
        """
    )
    with stage.open_books() as books:
        rows = [{"group_no": 6, "house_no": str(n), "head": f"户{n}"} for n in range(1, 31)]
        books.households.save(1, rows, since=stage.clock.now.date())
    stage.play(
        """
        李会计: 未参与
          → 李会计: 还没参加的37户,…
          | 还有7户没列,走完这些再看。
        """
    )


def test_a_village_where_nobody_has_to_take_part_says_so(stage: Stage) -> None:
    with stage.open_books() as books:
        for household in range(1, 8):
            books.changes.end(1, HouseholdId(household), on=date(2026, 9, 16))
    stage.play(
        """
        李会计: 未参与
          → 李会计: 村里现在还没有应参加的人家。
        """
    )


def test_when_everybody_takes_part_there_is_nobody_to_visit(stage: Stage) -> None:
    with stage.open_books() as books:
        for household in range(2, 8):
            books.changes.end(1, HouseholdId(household), on=date(2026, 9, 16))
    stage.play(
        """
        张三: 申报 开会
          → 张三: …
        李会计: 通过 1
          → 李会计: …
          ⇒ 张三: …
        李会计: 未参与
          → 李会计: 全村人家都参加了。
        """
    )


def test_leaving_is_asked_about_once_more(stage: Stage) -> None:
    stage.play(
        """
        生人: 退出
          → 生人: 您还没有绑定到哪一户。…
        张三: 退出
          → 张三: 真的要退出吗?退出后这部手机不再代表张三家,您的昵称会去掉,家里的积分还在。您家只绑了这一部手机,退出后公示里也不写您家的名字。
          | 退出请回“1”,不退回“算了”。
        张三: 算了
          → 张三: 好的,没有退出,照常用。
        张三: 1
          → 张三: …
        张三: 退出
          → 张三: 真的要退出吗?…
        -- 11分钟
        张三: 我家多少分
          → 张三: 张三家2026年共0分。…
        张三: 退出
          → 张三: 真的要退出吗?…
        张三: 退出
          → 张三: 已退出,您的昵称已经去掉,这个微信不再代表您家。家里的积分还在,想用时再绑定。以后公示里不写您家的名字。
        张三: 我家多少分
          → 张三: 您还没有绑定到哪一户。…
        """
    )
    with stage.open_books() as books:
        assert books.households.get(1, ZHANG).is_anonymous
        assert [name for _, name in books.changes.people_of(1, ZHANG)] == [""]


def test_a_question_about_leaving_is_forgotten_when_something_else_is_said(stage: Stage) -> None:
    stage.play(
        """
        张三: 退出
          → 张三: 真的要退出吗?…
        张三: 申报 开会
          → 张三: 收到,张三家 #1 …
        张三: 我家多少分
          → 张三: 张三家2026年共0分。…
        """
    )


def test_one_of_two_phones_leaves_with_or_without_the_name(stage: Stage) -> None:
    with stage.open_books() as books:
        for contact in ("son", "daughter"):
            person = books.people.add(1, name=contact, household=ZHANG, at=stage.clock.now)
            books.people.bind(1, Contact(ACCOUNT, contact), person, at=stage.clock.now)
            books.people.consent(1, person, at=stage.clock.now)
    stage.play(
        """
        son: 退出
          → son: 真的要退出吗?退出后这部手机不再代表张三家,您的昵称会去掉,家里的积分还在。
          | 退出请回“1”;退出,而且公示里也不写您家的名字,请回“2”;不退回“算了”。
        son: 1
          → son: 已退出,您的昵称已经去掉,这个微信不再代表您家。家里的积分还在,想用时再绑定。
        张三: 我的数据
          → 张三: …公示里您家写作“张*”。…
        daughter@村群: 退出
          → daughter@村群: 真的要退出吗?…
        daughter@村群: 2
          → daughter@村群: 已退出,…以后公示里不写您家的名字。
        张三: 我的数据
          → 张三: …公示里不写您家的名字。想写回“同意公开姓名”。…
        张三: 同意公开姓名
          → 张三: 好的,以后公示和表扬里写您家全名“张三”。不想写了回“不公开姓名”。
        """
    )
    with stage.open_books() as books:
        assert not books.households.get(1, ZHANG).is_anonymous
        reasons = [line.reason for line in books.changes.history(1, ZHANG)]
        assert reasons == ["anonymous", "name-yes"]


def test_a_member_of_the_committee_without_a_house_is_asked_too(stage: Stage) -> None:
    with stage.open_books() as books:
        person = books.people.add(1, name="书记", household=None, at=stage.clock.now)
        books.people.bind(1, Contact(ACCOUNT, "shuji"), person, at=stage.clock.now)
        books.people.consent(1, person, at=stage.clock.now)
    stage.play(
        """
        shuji: 我的数据
          → shuji: 您还没有绑定到哪一户。…
        shuji: 退出
          → shuji: 真的要退出吗?退出后这部手机就不能用了。退出请回“1”,不退回“算了”。
        shuji: 好的
          → shuji: 已退出,…想用时再绑定。
        """
    )


def test_my_data_says_what_is_kept_and_is_told_directly(stage: Stage) -> None:
    stage.play(
        """
        张三: 申报 垃圾分类
          → 张三: …
        张三: [照片 门口]
          → 张三: …
        张三@村群: 我的数据
          → 张三: 我存了您的:昵称“张三”,绑在3组12号张三家。您家绑了1部手机。
          | 您家2026年申报1条,现在存着照片1张。
          | 照片只有您家和审核的人看得到,过了这一年再存一年就删掉。
          | 公示里您家写作“张*”。想写全名回“同意公开姓名”。
          | 照片不公开。愿意公开回“同意公开照片”。
          | 昵称、门牌不对请告诉村委会;申报写错了回“更正 23 昨天”这样;不想用了回“退出”。
        李会计: 亲属 3组12号
          → 李会计: …
        李会计: 我的数据
          → 李会计: 我存了您的:昵称“李会计”,…您登记了1户亲属,审到他们家时由别人审。…
        """
    )


def test_a_household_says_what_is_published(stage: Stage) -> None:
    stage.play(
        """
        张三: 同意公开照片
          → 张三: 好的,您家的照片以后村里宣传时可以用。不想公开了回“不公开照片”。
        张三: 同意公开姓名
          → 张三: 好的,以后公示和表扬里写您家全名“张三”。不想写了回“不公开姓名”。
        张三: 我的数据
          → 张三: …公示里写您家全名“张三”。不想写回“不公开姓名”。
          | 您同意了公开照片。不想公开回“不公开照片”。…
        张三: 不公开照片
          → 张三: 好的,您家的照片不公开,只有您家和审核的人看得到。
        张三: 不公开姓名
          → 张三: 好的,以后公示和表扬里不写全名。公示里您家写作“张*”。想写全名回“同意公开姓名”。
        生人: 不公开姓名
          → 生人: 您还没有绑定到哪一户。…
        """
    )
    with stage.open_books() as books:
        lines = books.changes.history(1, ZHANG)
        assert {line.kind for line in lines} == {ChangeKind.CONSENT}
        assert [line.by for line in lines] == [1, 1, 1, 1]
        home = books.households.get(1, ZHANG)
        assert (home.consents_name, home.consents_photo) == (False, False)


def test_a_member_of_the_committee_changes_a_head(stage: Stage) -> None:
    stage.play(
        """
        张三: 换户主 3组15号 王小宝
          → 张三: 这件事要审核委员来做,您不用管。想看自己家的,回“进度”或“我家多少分”。
        李会计: 换户主 3组15号 王小宝
          → 李会计: 好了,3组15号的户主由王桂英换成王小宝,积分不变。
        李会计: 换户主 3组15号
          → 李会计: 请写新户主的姓名,比如“换户主 3组12号 李四”。
        李会计: 换户主 9组15号 王小宝
          → 李会计: 没有找到“9组15号”这一户。…
        李会计: 换户主 王小宝
          → 李会计: 请写明是哪一户,比如“3组12号 张三”。
        李会计: 换户主 1组6号 李大
          → 李会计: 这是您自己家的,请别的委员审。
        """
    )
    with stage.open_books() as books:
        [line] = books.changes.history(1)
        assert (line.kind, line.was, line.by) == (ChangeKind.HEAD, "王桂英", 3)


def test_who_has_left_is_neither_counted_nor_ranked(calendar_on_both: CalendarStage) -> None:
    calendar_on_both.play(
        EARNED
        + """
        王阿婆: 我家多少分
          → 王阿婆: …全村7户中排第2名。
        李会计: 迁出 3组12号 搬到镇上住
          → 李会计: 记下了,…
        陈主任: 迁出 3组12号 搬到镇上住
          → 陈主任: 好了,…
        王阿婆: 我家多少分
          → 王阿婆: …全村6户中排第1名。
        张三: 我家多少分
          → 张三: 张三家2026年共5分。其中月审确认0分,待月审5分。本季度5分,可兑换5分。
        李会计: 参与率
          → 李会计: …应参加6户,…有积分的1户。…
        """
        + RELEASED.replace(
            "村群: 幸福村2026年三季度积分公示:…",
            """村群: 幸福村2026年三季度积分公示:全村6户,今年参加1户。
          | 前几名:
          | 第1名 3组王*英家 2分
          | 想知道自己家第几名,…""",
        )
    )


def test_a_household_that_moved_away_takes_part_no_longer(stage: Stage) -> None:
    stage.play(
        """
        王阿婆: 申报 提建议
          → 王阿婆: …
        王阿婆: 迁出 3组15号 搬到镇上住
          → 王阿婆: 这件事要审核委员来做,您不用管。想看自己家的,回“进度”或“我家多少分”。
        李会计: 迁出 3组15号
          → 李会计: 请写明原因,比如“迁出 3组12号 搬到镇上住”。
        李会计: 迁出 3组15号 搬到镇上住
          → 李会计: 记下了,您已同意。这件事要两户人家的委员都同意,请另一位委员也回一次同样的话。
        李会计: 迁出 3组15号 搬到镇上住
          → 李会计: 您这一户已经同意过了,还要另一户的委员再回一次。
        陈主任: 迁出 3组15号 搬到镇上住
          → 陈主任: 好了,3组15号王桂英家从今天起不再参加积分,以前的记录都留着。
        陈主任: 迁出 3组15号 搬到镇上住
          → 陈主任: 王桂英家9月16日起已经不在名册上了。
        王阿婆: 申报 开会
          → 王阿婆: 王桂英家从9月16日起不再参加积分了。有疑问请问村委会。
        李会计: 代录 3组15号 开会
          → 李会计: 王桂英家从9月16日起不再参加积分了。有疑问请问村委会。
        张三: 帮3组15号申报 开会
          → 张三: 王桂英家从9月16日起不再参加积分了。有疑问请问村委会。
        手机: 绑定 3组15号 王桂英
          → 手机: 王桂英家从9月16日起不再参加积分了。有疑问请问村委会。
        李会计: 代录 3组15号 开会 昨天
          → 李会计: 已记下 #2 3组15号王桂英家 …
        李会计: 换户主 3组15号 王小宝
          → 李会计: 王桂英家9月16日起已经不在名册上了。
        """
    )


def test_photos_whose_time_is_over_are_said_to_be_gone(stage: Stage) -> None:
    stage.play(
        """
        张三: 申报 垃圾分类
          → 张三: …
        张三: [照片 门口]
          → 张三: …
        李会计: 通过 1
          → 李会计: …
          ⇒ 张三: …
        """
    )
    with stage.open_books() as books:
        books.retention.forget_photos(1, through=2026, at=datetime(2028, 1, 2, tzinfo=UTC))
    stage.play(
        """
        李会计: 看图 1
          → 李会计: #1的1张照片过了保存期,已经删掉了。
        张三: 进度 1
          → 张三: #1 生活垃圾分类投放 9月16日:已通过,+1分(李会计审核)
        """
    )


def test_who_left_is_told_nothing_more_and_no_platform_id_is_kept(stage: Stage) -> None:
    stage.play(
        """
        张三: 申报 开会
          → 张三: 收到,张三家 #1 …
        张三: 申报 垃圾分类
          → 张三: 张三家 #2 生活垃圾分类投放,还差1张照片,…
        张三: 退出
          → 张三: 真的要退出吗?…
        张三: 1
          → 张三: 已退出,…
        李会计: 通过 1
          → 李会计: #1 张三家 参加议事会、户代表会、村民会议 已通过 +5分。
        -- 11分钟
        """
    )
    with stage.open_books() as books:
        kept = {
            f"{table.name}.{column.name}"
            for table in SQLModel.metadata.sorted_tables
            for column in table.columns
            if column.name in {"contact", "mention"}
            and "zhang" in books.connection.execute(select(column)).scalars().all()
        }
    assert kept == {"outbox.contact"}, "the goodbye itself"


def test_the_other_phone_of_the_house_hears_of_what_the_leaver_filed(stage: Stage) -> None:
    with stage.open_books() as books:
        son = books.people.add(1, name="小张", household=ZHANG, at=stage.clock.now)
        books.people.bind(1, Contact(stage.account, "son"), son, at=stage.clock.now)
    stage.transcript("张三@村群: 申报 开会\n张三: 退出\n张三: 1")
    stage.play(
        """
        李会计: 通过 1
          → 李会计: #1 …
          ⇒ son: 张三家 #1 …审核通过,+5分。
        """
    )


def test_roles_end_with_the_last_phone_and_what_was_signed_stays(stage: Stage) -> None:
    with stage.open_books() as books:
        books.people.grant(1, PersonId(3), Role.ADMINISTRATOR, at=stage.clock.now)
    stage.play(
        """
        张三: 申报 开会
          → 张三: 收到,张三家 #1 …
        李会计: 通过 1
          → 李会计: #1 …
          ⇒ 张三: …
        李会计: 退出
          → 李会计: 真的要退出吗?…村管理员、审核委员的身份也一起收回,以前审过签过的都算数。您是村里最后一位村管理员,请先让维护人员发码给接手的人,不然兑换和名册就没人管了。…
        李会计: 1
          → 李会计: 已退出,…村管理员、审核委员的身份也收回了。以后公示里不写您家的名字。
        李会计: 待审
          → 李会计: …
        张三: 进度 1
          → 张三: #1 参加议事会、户代表会、村民会议 9月16日:已通过,+5分
        """
    )
    with stage.open_books() as books:
        assert books.people.holders(1, Role.COMMITTEE, Role.ADMINISTRATOR) == (PersonId(4),)
        assert {one.role for one in books.offices.past(1)} == {Role.COMMITTEE, Role.ADMINISTRATOR}
