// Loads the letters of the reader's language, in both weights, before the rest of the program runs: they
// arrive while it starts. Earlier they would delay the program, and later the first text would change.

const letters = document.documentElement.lang === 'ar' ? 'ا1' : 'a'
for (const weight of [400, 600]) void document.fonts.load(`${weight} 1em "IBM Plex Sans Arabic"`, letters)
