"""Phrases offered as buttons on the chat page, and words the page says for people."""

VILLAGER = ("申报 垃圾分类", "我家多少分", "进度", "明细", "帮助")
COMMITTEE = ("待审", "看图 ", "通过 ", "驳回 ", "我家多少分", "帮助")
BIND = "绑定 {code}"

SERVING = "积分小助手在运行,请打开 {address}"
SERVING_SAMPLE = "样板村开好了,请打开 {address} (可以选扮演村民或审核委员)"
PORT_TAKEN = "端口{port}已经有程序在用。关掉那个程序,或者换一个端口,比如 JIFEN_HTTP_PORT=8081"
