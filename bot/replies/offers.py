"""Phrases offered as buttons on the chat page, and words the page says for people."""

VILLAGER = ("申报 垃圾分类", "我家多少分", "进度", "明细", "帮助")
COMMITTEE = ("待审", "看图 ", "通过 ", "驳回 ", "我家多少分", "帮助")
BIND = "绑定 {code}"
