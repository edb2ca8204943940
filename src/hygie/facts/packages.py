"""Software under its two names: the package that an SBOM lists, and the CPE that NVD's records name.

Most SBOMs give package URLs and no CPE, most records CPE and no package URL. Where both names say one word ("openssl")
no table is needed; here stand the well-known packages whose two names differ, or whose vendor no name tells.

`PACKAGES`: a package that is the product itself. `PARTS`: packages built from the product's source, among others: a
record may mean another part, so they are asked about. Parts that the maker says carry none of it stand nowhere (Apache:
log4j-api without log4j-core). `UPSTREAM`: software by the name under which distributions,
build tools and people list it. `SOURCES`: Debian's binary packages whose name is not their source's.

Source: NVD's CPE dictionary; the packages' own registries (Maven Central, PyPI); Debian's package index, bullseye.
"""

from typing import NamedTuple


class Product(NamedTuple):
    """A product as CPE names it."""

    vendor: str
    product: str


def _products(text: str) -> dict[str, tuple[Product, ...]]:
    """Lines "name vendor:product vendor:product" as a table."""
    lines = (line.split() for line in text.strip().splitlines())
    return {name: tuple(Product(*one.split(":")) for one in products) for name, *products in lines}


PACKAGES: dict[str, tuple[Product, ...]] = _products("""
maven/org.apache.logging.log4j/log4j-core apache:log4j
maven/log4j/log4j apache:log4j
maven/com.fasterxml.jackson.core/jackson-databind fasterxml:jackson-databind
maven/org.apache.commons/commons-text apache:commons_text
maven/org.apache.commons/commons-compress apache:commons_compress
maven/commons-collections/commons-collections apache:commons_collections
maven/org.apache.commons/commons-collections4 apache:commons_collections
maven/commons-fileupload/commons-fileupload apache:commons_fileupload
maven/commons-io/commons-io apache:commons_io
maven/commons-beanutils/commons-beanutils apache:commons_beanutils
maven/org.apache.commons/commons-configuration2 apache:commons_configuration
maven/org.apache.struts/struts2-core apache:struts
maven/org.apache.tomcat.embed/tomcat-embed-core apache:tomcat
maven/org.apache.tomcat/tomcat apache:tomcat
maven/org.apache.poi/poi apache:poi
maven/org.apache.pdfbox/pdfbox apache:pdfbox
maven/org.springframework.boot/spring-boot vmware:spring_boot
maven/org.yaml/snakeyaml snakeyaml_project:snakeyaml
maven/com.google.guava/guava google:guava
maven/com.google.code.gson/gson google:gson
maven/com.google.protobuf/protobuf-java google:protobuf-java
maven/io.netty/netty-all netty:netty
maven/com.h2database/h2 h2database:h2
maven/com.thoughtworks.xstream/xstream xstream_project:xstream xstream:xstream
maven/dom4j/dom4j dom4j_project:dom4j
maven/org.dom4j/dom4j dom4j_project:dom4j
maven/org.jsoup/jsoup jsoup:jsoup
maven/com.alibaba/fastjson alibaba:fastjson
maven/org.postgresql/postgresql postgresql:postgresql_jdbc_driver
pypi/jinja2 palletsprojects:jinja
pypi/flask palletsprojects:flask
pypi/werkzeug palletsprojects:werkzeug
pypi/pillow python:pillow
pypi/urllib3 python:urllib3
pypi/requests python:requests
pypi/cryptography cryptography.io:cryptography
pypi/django djangoproject:django
pypi/tornado tornadoweb:tornado
pypi/setuptools python:setuptools
pypi/pip pypa:pip
pypi/tensorflow google:tensorflow
pypi/torch linuxfoundation:pytorch
pypi/protobuf google:protobuf-python
pypi/waitress agendaless:waitress
""")

PARTS: dict[str, tuple[Product, ...]] = _products("""
maven/ch.qos.logback/logback-core qos:logback
maven/ch.qos.logback/logback-classic qos:logback
maven/org.springframework/spring-core vmware:spring_framework pivotal_software:spring_framework
maven/org.springframework/spring-beans vmware:spring_framework pivotal_software:spring_framework
maven/org.springframework/spring-web vmware:spring_framework pivotal_software:spring_framework
maven/org.springframework/spring-webmvc vmware:spring_framework pivotal_software:spring_framework
maven/org.springframework/spring-expression vmware:spring_framework pivotal_software:spring_framework
maven/org.apache.shiro/shiro-core apache:shiro
maven/org.apache.activemq/activemq-client apache:activemq
maven/org.apache.activemq/activemq-broker apache:activemq
maven/org.apache.tika/tika-core apache:tika
maven/org.eclipse.jetty/jetty-server eclipse:jetty
maven/org.eclipse.jetty/jetty-http eclipse:jetty
maven/io.netty/netty-codec-http netty:netty
maven/io.netty/netty-handler netty:netty
maven/io.undertow/undertow-core redhat:undertow
maven/org.hibernate/hibernate-core hibernate:hibernate_orm
maven/ca.uhn.hapi.fhir/hapi-fhir-base hapifhir:hapi_fhir
""")

UPSTREAM: dict[str, tuple[Product, ...]] = _products("""
apache-log4j2 apache:log4j
apache-log4j1.2 apache:log4j
apache2 apache:http_server
avahi avahi:avahi
bash gnu:bash
bind9 isc:bind
bzip2 bzip:bzip2
c-ares c-ares_project:c-ares
cups apple:cups openprinting:cups
curl haxx:curl haxx:libcurl
dcmtk offis:dcmtk
dnsmasq thekelleys:dnsmasq
dropbear dropbear_ssh_project:dropbear_ssh
expat libexpat_project:libexpat
ghostscript artifex:ghostscript
glib2.0 gnome:glib
glibc gnu:glibc
gnutls28 gnu:gnutls
gnutls gnu:gnutls
gzip gnu:gzip
httpd apache:http_server
isc-dhcp isc:dhcp
krb5 mit:kerberos_5
libcurl haxx:libcurl haxx:curl
libexpat libexpat_project:libexpat
libgcrypt20 gnupg:libgcrypt
libpng libpng:libpng
libpng1.6 libpng:libpng
libxml2 xmlsoft:libxml2
libxslt xmlsoft:libxslt
kernel linux:linux_kernel
linux linux:linux_kernel
linux-kernel linux:linux_kernel
log4j apache:log4j
mariadb-10.5 mariadb:mariadb
mbedtls arm:mbed_tls
mosquitto eclipse:mosquitto
ncurses gnu:ncurses
net-snmp net-snmp:net-snmp
nginx f5:nginx nginx:nginx
nodejs nodejs:node.js
openjdk-11 oracle:openjdk
openjpeg2 uclouvain:openjpeg
openssh openbsd:openssh
openssl openssl:openssl
pcre2 pcre:pcre2
pcre3 pcre:pcre
php7.4 php:php
postgresql-13 postgresql:postgresql
python2.7 python:python
python3.9 python:python
qtbase-opensource-src qt:qt
rsync samba:rsync
samba samba:samba
sqlite sqlite:sqlite
sqlite3 sqlite:sqlite
sudo sudo_project:sudo
systemd systemd_project:systemd
tar gnu:tar
tiff libtiff:libtiff
tomcat9 apache:tomcat
u-boot denx:u-boot
util-linux kernel:util-linux
vim vim:vim
wpa w1.fi:wpa_supplicant w1.fi:hostapd
xz-utils tukaani:xz
zlib zlib:zlib gnu:zlib
""")

SOURCES: dict[str, str] = {
    binary: source
    for source, *binaries in (
        line.split()
        for line in """
apache2 apache2-bin apache2-data
avahi avahi-daemon libavahi-client3 libavahi-common3
bind9 bind9-host bind9-libs bind9-dnsutils
bzip2 libbz2-1.0
c-ares libc-ares2
cups libcups2 cups-daemon
curl libcurl4 libcurl3-gnutls
dropbear dropbear-bin
expat libexpat1
glib2.0 libglib2.0-0
glibc libc6 libc-bin
gnutls28 libgnutls30
isc-dhcp isc-dhcp-client isc-dhcp-server
krb5 libkrb5-3 libgssapi-krb5-2 libk5crypto3
libpng1.6 libpng16-16
libxslt libxslt1.1
ncurses libncurses6 libncursesw6 libtinfo6 ncurses-base ncurses-bin
net-snmp snmp snmpd libsnmp40
nginx nginx-core nginx-light nginx-full
openjdk-11 openjdk-11-jre openjdk-11-jre-headless
openjpeg2 libopenjp2-7
openssh openssh-client openssh-server openssh-sftp-server
openssl libssl1.0.0 libssl1.1 libssl3
pcre2 libpcre2-8-0
pcre3 libpcre3
python2.7 python2.7-minimal libpython2.7-stdlib
python3.9 python3.9-minimal libpython3.9-stdlib libpython3.9-minimal
samba samba-libs smbclient libsmbclient libwbclient0
sqlite3 libsqlite3-0
systemd libsystemd0 libudev1 udev
tiff libtiff5 libtiff6
util-linux libuuid1 libblkid1 libmount1 mount
vim vim-tiny vim-common
wpa wpasupplicant hostapd
xz-utils liblzma5
zlib zlib1g zlib1g-dev
""".strip().splitlines()
    )
    for binary in binaries
}
"""Debian's binary package -> its source package."""
