"""Ends of bench/other_software.py that are written with pynetdicom, pydicom and hl7apy.

python bench/other_peer.py archive PORT | image ct|us FILE | engine PORT | result ADDRESS PORT
"""

import sys

IMAGES = {
    "ct": ("1.2.840.10008.5.1.4.1.1.2", "CT", "SIEMENS", "SOMATOM Drive", "VB20A", "73145", "CTAWP73145"),
    "us": (
        "1.2.840.10008.5.1.4.1.1.6.1",
        "US",
        "GE Healthcare Ultrasound",
        "Vivid E95",
        "204",
        "V95-00812",
        "VIVIDE95-812",
    ),
}


def archive(port: str) -> None:
    """Keeps what it is sent, and answers queries with nothing."""
    from pynetdicom import AE, AllStoragePresentationContexts, evt
    from pynetdicom.sop_class import (
        StudyRootQueryRetrieveInformationModelFind,
        StudyRootQueryRetrieveInformationModelMove,
        Verification,
    )

    entity = AE(ae_title="IMGSTORE")
    entity.supported_contexts = AllStoragePresentationContexts
    for one in (
        Verification,
        StudyRootQueryRetrieveInformationModelFind,
        StudyRootQueryRetrieveInformationModelMove,
    ):
        entity.add_supported_context(one)
    handlers = [
        (evt.EVT_C_STORE, lambda _: 0x0000),
        (evt.EVT_C_ECHO, lambda _: 0x0000),
        (evt.EVT_C_FIND, lambda _: iter(())),
    ]
    entity.start_server(("0.0.0.0", int(port)), block=True, evt_handlers=handlers)


def image(what: str, file: str) -> None:
    """A small image without a patient."""
    from pydicom.dataset import Dataset, FileMetaDataset
    from pydicom.uid import UID, ExplicitVRLittleEndian, generate_uid

    sop, modality, maker, model, version, serial, station = IMAGES[what]
    made = Dataset()
    made.file_meta = FileMetaDataset()
    made.file_meta.MediaStorageSOPClassUID = made.SOPClassUID = UID(sop)
    made.file_meta.MediaStorageSOPInstanceUID = made.SOPInstanceUID = generate_uid(entropy_srcs=[what])
    made.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    made.StudyInstanceUID = generate_uid(entropy_srcs=[what, "study"])
    made.SeriesInstanceUID = generate_uid(entropy_srcs=[what, "series"])
    made.PatientName, made.PatientID, made.StudyDate, made.Modality = "NOBODY", "0", "20260801", modality
    made.Manufacturer, made.ManufacturerModelName, made.SoftwareVersions = maker, model, version
    made.DeviceSerialNumber, made.StationName = serial, station
    made.Rows = made.Columns = 8
    made.SamplesPerPixel, made.PhotometricInterpretation = 1, "MONOCHROME2"
    made.BitsAllocated = made.BitsStored = 8
    made.HighBit, made.PixelRepresentation, made.PixelData = 7, 0, bytes(64)
    made.save_as(file, enforce_file_format=True)


def engine(port: str) -> None:
    """Takes results and acknowledges them."""
    from hl7apy.core import Message
    from hl7apy.mllp import AbstractHandler, MLLPServer
    from hl7apy.parser import parse_message

    class Results(AbstractHandler):
        """Acknowledges."""

        def reply(self) -> str:
            """An ACK from the engine."""
            asked = parse_message(self.incoming_message)
            answer = Message("ACK", version="2.5")
            answer.msh.msh_3, answer.msh.msh_5 = "INTEGRATION_ENGINE", asked.msh.msh_3.value
            answer.msh.msh_9, answer.msh.msh_10 = "ACK^R01^ACK", "1"
            answer.msa.msa_1, answer.msa.msa_2 = "AA", asked.msh.msh_10.value
            return str(answer.to_mllp())

    MLLPServer("0.0.0.0", int(port), {"ORU^R01": (Results,), "ORU^R01^ORU_R01": (Results,)}).serve_forever()


def result(address: str, port: str) -> None:
    """Sends one result of nobody."""
    import socket

    from hl7apy.core import Message

    made = Message("ORU_R01", version="2.5")
    made.msh.msh_3, made.msh.msh_4, made.msh.msh_5 = "PIIC iX", "REA", "INTEGRATION_ENGINE"
    made.msh.msh_9, made.msh.msh_10 = "ORU^R01^ORU_R01", "42"
    with socket.create_connection((address, int(port)), 10) as connection:
        connection.sendall(made.to_mllp().encode())
        if not connection.recv(4096):
            raise RuntimeError("no acknowledgement")


if __name__ == "__main__":
    {"archive": archive, "image": image, "engine": engine, "result": result}[sys.argv[1]](*sys.argv[2:])
