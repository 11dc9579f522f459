"""RTF: control words to runs, underlining kept."""
