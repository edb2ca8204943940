"""What a device is, in the nomenclature that medical devices use among themselves: code -> clinical kind.

Codes are context-free: partition * 65536 + term. Only codes that name a whole device stand here.
Source: ISO/IEEE 11073-10101, partition 1 (devices: terms MDC_DEV_..._MDS) and partition 8 (MDC_DEV_SPEC_PROFILE_...).
"""

VERSION = 1
"""Raised whenever a row changes meaning."""

KINDS: dict[int, str] = {
    69965: "patient_monitor",  # MDC_DEV_MON_PHYSIO_MULTI_PARAM_MDS
    69985: "infusion_pump",  # MDC_DEV_PUMP_INFUS_MDS
    70001: "ventilator",  # MDC_DEV_SYS_PT_VENT_MDS
    70049: "infusion_pump",  # MDC_DEV_PUMP_INFUS_LVP_MDS
    70053: "syringe_pump",  # MDC_DEV_PUMP_INFUS_SYRINGE_MDS
    528388: "pulse_oximeter",  # MDC_DEV_SPEC_PROFILE_PULS_OXIM
    528391: "blood_pressure_monitor",  # MDC_DEV_SPEC_PROFILE_BP
    528392: "thermometer",  # MDC_DEV_SPEC_PROFILE_TEMP
    528399: "scale",  # MDC_DEV_SPEC_PROFILE_SCALE
    528401: "glucose_meter",  # MDC_DEV_SPEC_PROFILE_GLUCOSE
}
"""Code -> key of the clinical-function table."""

PROFILES = 8 << 16
"""Partition of device specialisations; IEEE 11073-104xx has the profile's term in a two-byte field."""
