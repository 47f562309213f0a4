"""Who is at the door (登录): sessions, CSRF tokens, security headers, ways in and out."""

import hashlib
import hmac
import ipaddress
import re
import secrets
from typing import Final
from urllib.parse import urlsplit

from aiohttp import web

from bot.replies import refused
from bot.web.faults import Fault, Handler, _sentence, told
from bot.web.ports import Visitor
from bot.web.site import SITE, Site, page
from domain.refusal import Refusal

SESSION_SECONDS: Final = 30 * 24 * 3600
FORM_BYTES_MAX: Final = 16_384
CSRF_HEADER: Final = "X-CSRF-Token"
CSRF_FIELD: Final = "csrf"
HOST: Final = re.compile(r"[A-Za-z0-9.\-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")
