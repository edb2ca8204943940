"""Decoders that several protocols share: BER, DNS names, HTTP heads, NTLM, text.

What comes in: bytes and an offset. What goes out: values and the next offset. They raise ValueError or IndexError
(struct.error where a field is cut) on bytes that do not hold, and bound every loop. They know no protocol by name.
"""
