"""A DICOM node made with pynetdicom, for devices whose implementation version name tells their version.

dicom_peer.py store|echo HOST PORT CALLING CALLED NAME UID [FILE]
dicom_peer.py worklist HOST PORT CALLING CALLED NAME UID MODALITY DATE
dicom_peer.py serve PORT CALLED NAME UID FILE
"""

import sys
from collections.abc import Iterator

from pydicom import dcmread
from pydicom.dataset import Dataset
from pydicom.uid import ExplicitVRLittleEndian, ImplicitVRLittleEndian
from pynetdicom import AE, StoragePresentationContexts, build_role, evt
from pynetdicom.sop_class import (
    CTImageStorage,
    ModalityWorklistInformationFind,
    StudyRootQueryRetrieveInformationModelFind,
    StudyRootQueryRetrieveInformationModelGet,
    UltrasoundImageStorage,
    Verification,
)

SYNTAXES = [ExplicitVRLittleEndian, ImplicitVRLittleEndian]
SUCCESS, PENDING = 0x0000, 0xFF00


def entity(title: str, name: str, uid: str) -> AE:
    """An application entity that names its own implementation."""
    made = AE(ae_title=title)
    if name:
        made.implementation_version_name = name
        made.implementation_class_uid = uid
    return made


def ask(mode: str, host: str, port: str, calling: str, called: str, name: str, uid: str, *rest: str) -> None:
    """One association as a client; `name` "" keeps pynetdicom's own.

    Raises RuntimeError where the peer refuses or answers other than success.
    """
    me = entity(calling, name, uid)
    image = dcmread(rest[0]) if mode == "store" else None
    image_class = image.SOPClassUID if image else None
    context = {"echo": Verification, "worklist": ModalityWorklistInformationFind}.get(mode, image_class)
    me.add_requested_context(context, SYNTAXES)
    link = me.associate(host, int(port), ae_title=called)
    if not link.is_established:
        raise RuntimeError(f"{called} refused the association")
    if mode == "echo":
        answers = [link.send_c_echo()]
    elif mode == "store":
        answers = [link.send_c_store(image)]
    else:
        answers = [status for status, _ in link.send_c_find(planned(*rest, calling), ModalityWorklistInformationFind)]
    link.release()
    if not answers or answers[-1].Status != SUCCESS or (mode == "worklist" and len(answers) < 2):
        raise RuntimeError(f"{called} answered {answers}")


def fetch(host: str, port: str, calling: str, called: str, name: str, uid: str, study: str, patient: str) -> None:
    """Looks a patient's studies up, then has one sent. Raises RuntimeError where nothing came."""
    me = entity(calling, name, uid)
    got: list[Dataset] = []
    me.add_requested_context(StudyRootQueryRetrieveInformationModelFind, SYNTAXES)
    me.add_requested_context(StudyRootQueryRetrieveInformationModelGet, SYNTAXES)
    for context in (CTImageStorage, UltrasoundImageStorage):
        me.add_requested_context(context, SYNTAXES)

    def keep(event: evt.Event) -> int:
        got.append(event.dataset)
        return SUCCESS

    roles = [build_role(context, scp_role=True) for context in (CTImageStorage, UltrasoundImageStorage)]
    link = me.associate(host, int(port), ae_title=called, ext_neg=roles, evt_handlers=[(evt.EVT_C_STORE, keep)])
    if not link.is_established:
        raise RuntimeError(f"{called} refused the association")
    keys = Dataset()
    keys.QueryRetrieveLevel, keys.PatientName, keys.StudyInstanceUID = "STUDY", patient, ""
    found = list(link.send_c_find(keys, StudyRootQueryRetrieveInformationModelFind))
    keys = Dataset()
    keys.QueryRetrieveLevel, keys.StudyInstanceUID = "STUDY", study
    answers = list(link.send_c_get(keys, StudyRootQueryRetrieveInformationModelGet))
    link.release()
    if len(found) < 2 or not got:
        raise RuntimeError(f"{called} answered {found} {answers}")


def planned(modality: str, date: str, station: str) -> Dataset:
    """The keys of a worklist query."""
    step, keys = Dataset(), Dataset()
    step.Modality, step.ScheduledStationAETitle, step.ScheduledProcedureStepStartDate = modality, station, date
    keys.PatientName = keys.PatientID = keys.AccessionNumber = ""
    keys.ScheduledProcedureStepSequence = [step]
    return keys


def serve(port: str, called: str, name: str, uid: str, file: str) -> None:
    """An archive that holds one study."""
    held = dcmread(file)
    me = entity(called, name, uid)
    me.supported_contexts = StoragePresentationContexts
    for context in me.supported_contexts:
        context.scu_role = context.scp_role = True
    me.add_supported_context(Verification)
    me.add_supported_context(StudyRootQueryRetrieveInformationModelFind)
    me.add_supported_context(StudyRootQueryRetrieveInformationModelGet)

    def find(event: evt.Event) -> Iterator[tuple[int, Dataset | None]]:
        answer = Dataset()
        answer.QueryRetrieveLevel = event.identifier.QueryRetrieveLevel
        answer.PatientName, answer.StudyInstanceUID = held.PatientName, held.StudyInstanceUID
        yield PENDING, answer

    def accept(_event: evt.Event) -> int:
        return SUCCESS

    def get(_event: evt.Event) -> Iterator[object]:
        yield 1
        yield PENDING, held

    handlers = [
        (evt.EVT_C_ECHO, accept),
        (evt.EVT_C_STORE, accept),
        (evt.EVT_C_FIND, find),
        (evt.EVT_C_GET, get),
    ]
    me.start_server(("0.0.0.0", int(port)), evt_handlers=handlers)


if __name__ == "__main__":
    if sys.argv[1] == "serve":
        serve(*sys.argv[2:])
    elif sys.argv[1] == "query":
        fetch(*sys.argv[2:])
    else:
        ask(*sys.argv[1:])
