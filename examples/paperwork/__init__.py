"""The papers of the example hospital, one module per drawer. What comes in: `fleet`. What goes out: files in a folder.

Every writer takes the folder and writes the same bytes each time: no clock, seeds fixed. Nothing of the program is
imported here: the papers exist before it reads them.
"""
