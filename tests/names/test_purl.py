import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from packageurl import PackageURL

from hygie.names import purl


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("pkg:npm/lodash@4.17.21", "npm/lodash"),
        ("pkg:npm/%40angular/core@1.0.0", "npm/@angular/core"),
        ("pkg:PyPI/Django_Rest@3", "pypi/django-rest"),
        ("pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1?type=jar", "maven/org.apache.logging.log4j/log4j-core"),
        ("pkg:deb/debian/openssl@1.1.1d-0?arch=arm64&distro=buster", "deb/debian/openssl"),
        ("lodash", ""),
        ("pkg:", ""),
    ],
)
def test_key(text: str, key: str) -> None:
    assert purl.key(text) == key


def test_upstream_version() -> None:
    assert purl.upstream("1:1.1.1d-0+deb10u3") == "1.1.1d"
    assert purl.upstream("2.4.57") == "2.4.57"


def test_schemes() -> None:
    assert (purl.scheme("npm"), purl.scheme("deb"), purl.scheme("unheard")) == ("npm", "deb", "generic")


def test_valid_examples_of_the_specification_have_a_key(shared) -> None:
    texts = []
    for file in (shared / "conformance" / "purl-spec" / "tests" / "types").glob("*.json"):
        cases = json.loads(file.read_text(encoding="utf-8"))["tests"]
        texts += [c["input"] for c in cases if c["test_type"] == "parse" and not c["expected_failure"]]
    assert len(texts) > 100
    unread = [text for text in texts if not purl.key(text)]
    assert len(unread) <= len(texts) // 50


@given(st.from_regex(purl.PLAIN, fullmatch=True))
@example("pkg:npm/a@1")
@example("pkg:maven/org.apache/log4j-core@2.14.1")
@example("pkg:deb/debian/openssl@1.1.1d-0")
@example("pkg:nuget/a..b@..")
def test_what_is_plain_is_read_as_by_the_general_rules(text: str) -> None:
    url = PackageURL.from_string(text)
    found = purl.parse(text)
    assert (found.type, found.namespace, found.name, found.version) == (
        url.type,
        url.namespace or "",
        url.name,
        url.version or "",
    )
    assert found.key == "/".join(filter(None, (url.type, url.namespace, url.name)))


def test_the_source_package_of_a_distribution_s() -> None:
    assert purl.parse("pkg:deb/debian/libc6@2.31?upstream=glibc%402.31").source == "glibc"
    assert purl.parse("pkg:rpm/r/openssl-libs@1.1.1k?upstream=openssl-1.1.1k-7.el8_6.src.rpm").source == "openssl"
    assert purl.parse("pkg:deb/debian/zlib1g@1.2").source == ""
    assert purl.upstream("1:1.2.11.dfsg-2+deb11u2") == "1.2.11"
    assert purl.upstream("3.0~ds-1") == "3.0"
