// Loads the letters of the reader's language, in both weights, before the rest of the program runs: they
// arrive while it starts, and earlier they would delay it. Until then the shell is laid out but not seen:
// drawn in another font, its lines would break elsewhere, and cards would move when the letters arrive.

/** After this time the text is drawn in a font of the system. */
const PATIENCE_MS = 600

const page = document.documentElement
const letters = page.lang === 'ar' ? 'ا1' : 'a'
const loads = [400, 600].map((weight) => document.fonts.load(`${weight} 1em "IBM Plex Sans Arabic"`, letters))
const patience = new Promise((done) => setTimeout(done, PATIENCE_MS))

page.dataset.letters = 'coming'
void Promise.race([Promise.allSettled(loads), patience]).then(() => delete page.dataset.letters)
