"""The 240 question ids of the MDS2 form (ANSI/NEMA HN 1-2019), each with a short wording of our own.

The ids and their nesting are facts of the standard; its wording is not used.
Source: ANSI/NEMA HN 1-2019.
"""

_TABLE = """
DOC-1 Who makes it
DOC-2 What it is
DOC-3 Model
DOC-4 Number of this form
DOC-5 Whom to ask
DOC-6 What it is meant to do on a network
DOC-7 Date of this form
DOC-8 Is there a way to report a flaw?
DOC-9 Member of an information sharing body?
DOC-10 Is there a drawing of its connections?
DOC-11 Is it software only?
DOC-11.1 Software only: operating system included?
DOC-11.2 Software only: does the owner bring the operating system?
DOC-11.3 Software only: run at the maker's?
DOC-11.4 Software only: run at the customer's?
MPII-1 Does it handle personal health data?
MPII-2 Does it keep personal data?
MPII-2.1 Kept in volatile memory only for a while?
MPII-2.2 Kept on its own disks?
MPII-2.3 Kept until somebody erases it?
MPII-2.4 Kept in a database?
MPII-2.5 Can it erase its copy once archived?
MPII-2.6 Exchanged with other systems?
MPII-2.7 Kept while it is off?
MPII-2.8 Can a technician take the disk out?
MPII-2.9 Can data lie apart from the operating system?
MPII-3 Does it have ways to send or receive personal data?
MPII-3.1 Shown on a screen?
MPII-3.2 Printed?
MPII-3.3 Read from or written to removable media?
MPII-3.4 Sent over its own cable (serial, USB)?
MPII-3.5 Sent over a wired network?
MPII-3.6 Sent over the air?
MPII-3.7 Sent outside the hospital?
MPII-3.8 Read by scanning paper?
MPII-3.9 Sent in a protocol of the maker?
MPII-3.10 Moved in some other way?
ALOF-1 Can it log an idle user off?
ALOF-2 Can the owner set the idle time?
AUDT-1 Own audit log beside that of the operating system?
AUDT-1.1 User named in the log?
AUDT-1.2 Other personal data in the log?
AUDT-2 Are events logged?
AUDT-2.1 Logged: success of a login
AUDT-2.2 Logged: failed login
AUDT-2.3 Logged: change of rights
AUDT-2.4 Logged: change of accounts
AUDT-2.5 Logged: data shown or printed
AUDT-2.6 Logged: data changed
AUDT-2.7 Logged: removable media
AUDT-2.8 Logged: network traffic
AUDT-2.8.1 Logged: service sessions
AUDT-2.8.2 Logged: calls of an interface
AUDT-2.9 Logged: emergency access
AUDT-2.10 Logged: other, updates for example
AUDT-2.11 Is the log documented further?
AUDT-3 Can the owner choose what is logged?
AUDT-4 Is there a list of what a log line holds?
AUDT-4.1 Date and time in the log?
AUDT-4.1.1 Clock set over the network?
AUDT-5 Can the log be taken out?
AUDT-5.1 Taken out on media?
AUDT-5.2 Taken out to a log server (ATNA)?
AUDT-5.3 Taken out in another way?
AUDT-5.4 Is the log encrypted on its way?
AUDT-6 Can the owner read the log?
AUDT-7 Is the log safe from change?
AUDT-7.1 Is the log safe from reading?
AUDT-8 Does the device examine its log itself?
AUTH-1 Must users log in?
AUTH-1.1 Accounts from a directory?
AUTH-1.2 Group policies accepted?
AUTH-1.3 Special groups needed?
AUTH-2 Are there roles?
AUTH-3 Can the owner become administrator?
AUTH-4 Are interface calls authorised?
AUTH-5 Restricted mode by default?
CSUP-1 Does it hold software that will need patches?
CSUP-2 Operating system inside?
CSUP-2.1 Operating system: may the owner install patches with instructions?
CSUP-2.2 Operating system: must the maker's service install them?
CSUP-2.3 Operating system: can they come from a distance?
CSUP-2.4 Operating system: patches of other makers without the device maker's approval?
CSUP-3 Drivers and firmware inside?
CSUP-3.1 Firmware: may the owner install patches with instructions?
CSUP-3.2 Firmware: must the maker's service install them?
CSUP-3.3 Firmware: can they come from a distance?
CSUP-3.4 Firmware: patches of other makers without approval?
CSUP-4 Antivirus inside?
CSUP-4.1 Antivirus: may the owner update it with instructions?
CSUP-4.2 Antivirus: must the maker's service update it?
CSUP-4.3 Antivirus: can updates come from a distance?
CSUP-4.4 Antivirus: updates of other makers without approval?
CSUP-5 Other bought-in software inside?
CSUP-5.1 Bought-in software: may the owner patch it with instructions?
CSUP-5.2 Bought-in software: must the maker's service patch it?
CSUP-5.3 Bought-in software: can patches come from a distance?
CSUP-5.4 Bought-in software: patches of other makers without approval?
CSUP-6 Further software inside?
CSUP-6.1 Further software: may the owner patch it with instructions?
CSUP-6.2 Further software: must the maker's service patch it?
CSUP-6.3 Further software: can patches come from a distance?
CSUP-6.4 Further software: patches of other makers without approval?
CSUP-7 Are customers told when a patch is approved?
CSUP-8 Does it update itself?
CSUP-9 Is there a list of allowed foreign software?
CSUP-10 May the owner install what is on that list?
CSUP-10.1 Is other software kept out?
CSUP-11 Does the maker assess flaws and patches?
CSUP-11.1 Are customers told of the assessment?
CSUP-11.2 Is there a rhythm to it?
DIDT-1 Can it strip names from data?
DIDT-1.1 By DICOM's profiles?
DTBK-1 Is it a long-term home of patient data?
DTBK-2 Can it be set back to its first state?
DTBK-3 Backup to removable media?
DTBK-4 Backup to a distant place?
DTBK-5 Backup of settings and software?
DTBK-6 Are backups checked?
EMRG-1 Is there emergency access?
IGAU-1 Is stored health data checked for change?
IGAU-2 Does storage survive a fault?
MLDP-1 Can it run programs?
MLDP-2 Is an antivirus supported?
MLDP-2.1 Antivirus there from the start?
MLDP-2.2 Antivirus as an option?
MLDP-2.3 May the owner install or update an antivirus?
MLDP-2.4 May the owner set it up?
MLDP-2.5 Are finds shown to the user?
MLDP-2.6 Is repair for the maker alone?
MLDP-2.7 Are finds logged?
MLDP-2.8 Are there limits on the antivirus?
MLDP-3 Without antivirus: other protection?
MLDP-4 Only listed programs may run?
MLDP-5 Intrusion detection on the host?
MLDP-5.1 May the customer set it up?
MLDP-5.2 May the customer install one?
NAUT-1 Do both ends prove who they are?
NAUT-2 Own firewall or list of peers?
NAUT-2.1 Are its rules documented?
NAUT-3 Certificates for the network?
CONN-1 Can it be connected?
CONN-1.1 Over the air?
CONN-1.1.1 Wi-Fi?
CONN-1.1.2 Bluetooth?
CONN-1.1.3 Another radio network?
CONN-1.1.4 Another radio link?
CONN-1.2 By cable?
CONN-1.2.1 Ethernet sockets?
CONN-1.2.2 USB sockets?
CONN-1.2.3 Removable memory?
CONN-1.2.4 Another socket?
CONN-2 Is there a list of ports and protocols?
CONN-3 Does it talk within the hospital?
CONN-4 Does it talk outside the hospital?
CONN-5 Programming interface?
CONN-6 Does it need the internet?
CONN-7 TLS?
CONN-7.1 Can TLS be set up?
CONN-8 Can it be driven from another device?
PAUT-1 One account and password each?
PAUT-1.1 Is that enforced?
PAUT-2 Outside authentication service?
PAUT-3 Lock after wrong passwords?
PAUT-4 Are all default accounts documented?
PAUT-5 Can every password be changed?
PAUT-6 Password rules?
PAUT-7 Do passwords expire?
PAUT-8 More than one factor?
PAUT-9 Single sign-on?
PAUT-10 Can accounts be locked?
PAUT-11 Biometrics?
PAUT-12 Badge?
PAUT-13 Group accounts?
PAUT-14 Does it keep credentials?
PAUT-14.1 Kept safely?
PLOK-1 Software only?
PLOK-2 Are parts that hold data locked in?
PLOK-3 Behind a lock of their own?
PLOK-4 Can a lock be added?
RDMP-1 Developed by a secure process?
RDMP-2 Is bought-in software assessed?
RDMP-3 Is there a page of support dates?
RDMP-4 Is there a plan for components without support?
SBOM-1 Is there an SBOM?
SBOM-2 In a standard form?
SBOM-2.1 Components named?
SBOM-2.2 Their makers named?
SBOM-2.3 Their versions named?
SBOM-2.4 More than that?
SBOM-3 Can the device list its software?
SBOM-4 Is the SBOM kept up to date?
SAHD-1 Hardened by a standard?
SAHD-2 Certified?
SAHD-3 Is software checked for change?
SAHD-3.1 Checked at install?
SAHD-3.2 Checked at update?
SAHD-4 Can the owner check it?
SAHD-5 Fine-grained rights?
SAHD-5.1 Rights by role?
SAHD-6 Accounts restricted at delivery?
SAHD-6.1 Can they be changed later?
SAHD-6.2 Least rights for service?
SAHD-7 Needless shares off?
SAHD-8 Needless ports off?
SAHD-9 Needless services off?
SAHD-10 Needless programs off?
SAHD-11 Start from foreign media prevented?
SAHD-12 Can foreign software get in without tools?
SAHD-13 Is network scanning documented?
SAHD-14 Can it be hardened further?
SAHD-14.1 Are there instructions for it?
SAHD-15 Is the boot loader protected?
SAHD-16 Other hardening done?
SGUD-1 Is there a security guide?
SGUD-2 Can data be erased for good?
SGUD-3 Are all accounts documented?
SGUD-3.1 Can the owner manage their passwords?
SGUD-4 Are compensating measures documented?
STCF-1 Can stored data be encrypted?
STCF-1.1 Is all of it?
STCF-1.2 From the start?
STCF-1.3 Are there instructions?
STCF-2 Can keys be changed?
STCF-3 Database inside?
STCF-4 Database outside?
TXCF-1 Personal data only over its own cable?
TXCF-2 Encrypted before it leaves?
TXCF-2.1 If not, can the customer turn that on?
TXCF-3 Only to fixed destinations?
TXCF-4 Only to authenticated systems?
TXCF-5 Secure forms of DICOM, HL7, 11073?
TXIG-1 Is data protected from change on its way?
TXIG-2 Are there parts joined by cables?
RMOT-1 Service from a distance?
RMOT-1.1 Can the owner start it?
RMOT-1.2 Is it shown while active?
RMOT-1.3 Can patient data be seen during it?
RMOT-2 Data sent for predictive maintenance?
RMOT-3 Other access from a distance?
OTHR-1 Anything else
"""

QUESTIONS: dict[str, str] = dict(line.split(" ", 1) for line in _TABLE.strip().splitlines())
"""Id -> our wording; OTHR-1 is free text beside the 240."""

OLD = """
A Private data
B.1 Kinds of data: names and addresses
B.2 Kinds of data: medical record
C.1 Held for a short while in memory
ALOF
1-1 Logs an idle user off
1-1.1 After how long: can it be set
1-1.2 Can it be set by the user
AUDT
2-1 Can it write an audit log
2-2.1 Logged: login and logout
2-2.2 Logged: data shown
2-3 Who did what, when
AUTH
3-1 Keeps strangers out
3-2 Rights by role
3-3 Administrator's rights for the owner
CNFS
4-1 Can the owner set up its security
CSUP
5-1 Can the owner install patches
5-1.1 From a distance
DIDT
6-1 Strips names
DTBK
7-1 Backup to media or elsewhere
EMRG
8-1 Emergency access
IGAU
9-1 Checks stored data
MLDP
10-1 Antivirus supported
10-1.1 May the owner set it up
10-1.2 Shows what it finds
NAUT
11-1 Both ends prove who they are
PAUT
12-1 Accounts for users
12-2 Directory
12-3 Locks after wrong tries
PLOK
13-1 Locked case
RDMP
14-1 List of what is inside
SAHD
15-1 Hardened by some standard
15-2 Checks its programs
SGUD
16-1 Security guide
STCF
17-1 Stored data encrypted
TXCF
18-1 Own cable only
18-2 Data on its way encrypted
TXIG
19-1 Protected from change
OTHR
20-1 Service from a distance
"""
"""Ids of the 2013 edition, numbered otherwise, a few of them and in our words; section names between them."""
