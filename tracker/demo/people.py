"""The people, authorities and parties of the demonstration. The people are invented, the authorities are not."""

from dataclasses import dataclass

from cases.models import Authority, Party, Person, Role

SHANGHAI = {
    "name_en": "Cyberspace Administration of Shanghai",
    "name_zh": "上海市互联网信息办公室",
    "name_zh_hant": "上海市互聯網信息辦公室",
    "level": "provincial",
}
BEIJING = {
    "name_en": "Cyberspace Administration of Beijing",
    "name_zh": "北京市互联网信息办公室",
    "name_zh_hant": "北京市互聯網信息辦公室",
    "level": "provincial",
}
GUANGDONG = {
    "name_en": "Cyberspace Administration of Guangdong",
    "name_zh": "广东省互联网信息办公室",
    "name_zh_hant": "廣東省互聯網信息辦公室",
    "level": "provincial",
}
CAC = {
    "name_en": "Cyberspace Administration of China",
    "name_zh": "国家互联网信息办公室",
    "name_zh_hant": "國家互聯網信息辦公室",
    "level": "national",
}


@dataclass(frozen=True)
class Cast:
    """Who plays which part in the twin."""

    counsel: Person
    second_counsel: Person
    executive: Person
    ranking: Person
    operations: Person
    review: Person
    member: Person
    administrator: Person

    @property
    def sign_ins(self) -> tuple[tuple[str, Person], ...]:
        four = (self.counsel, self.member, self.executive, self.administrator)
        return tuple((str(Role(person.role).label), person) for person in four)


# name of the part: (role, address, family and given name in Latin, in Chinese)
PARTS: dict[str, tuple[Role, str, str, str, str, str]] = {
    "counsel": (Role.COUNSEL, "counsel@casebook.example", "Fang", "Lei", "方", "蕾"),
    "second_counsel": (Role.COUNSEL, "chen@casebook.example", "Chen", "Siyuan", "陈", "思远"),
    "executive": (Role.EXECUTIVE, "executive@casebook.example", "Gu", "Wenqing", "顾", "文清"),
    "ranking": (Role.MEMBER, "zhou@casebook.example", "Zhou", "Hang", "周", "航"),
    "operations": (Role.MEMBER, "wu@casebook.example", "Wu", "Min", "吴", "敏"),
    "review": (Role.MEMBER, "lin@casebook.example", "Lin", "Xiao", "林", "晓"),
    "member": (Role.MEMBER, "member@casebook.example", "He", "Yu", "何", "雨"),
    "administrator": (Role.ADMINISTRATOR, "administrator@casebook.example", "Song", "Ke", "宋", "可"),
}


def the_cast() -> Cast:
    """Those who are there stay as they are; who is new cannot sign in until given a password."""
    return Cast(**{part: person_of(part) for part in PARTS})


def person_of(part: str) -> Person:
    role, email, family_en, given_en, family_zh, given_zh = PARTS[part]
    standing = Person.objects.filter(email=email).first()
    if standing:
        return standing
    names = {"family_en": family_en, "given_en": given_en, "family_zh": family_zh, "given_zh": given_zh}
    runs = role == Role.ADMINISTRATOR
    return Person.objects.create_user(email, None, role=role, is_staff=runs, is_superuser=runs, **names)


def authority(facts: dict[str, str]) -> Authority:
    named = {"name_en": facts["name_en"], "jurisdiction": "CN"}
    return Authority.objects.get_or_create(**named, named_by=None, defaults=facts)[0]


def brand(name_en: str, name_zh: str, name_zh_hant: str, *, seat: str, traits: list[str] | None = None) -> Party:
    """A brand, not the legal entity behind it: no notice named that."""
    names = {"name_zh": name_zh, "name_zh_hant": name_zh_hant, "seat": seat, "traits": traits}
    return Party.objects.get_or_create(kind="brand", name_en=name_en, named_by=None, defaults=names)[0]
