import { createContext } from 'svelte';

export const themes = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof themes)[number];
const kept = 'ensayo.theme';

/** Light or dark: as the system has it, unless chosen here. `before-paint.js` sets it before this is loaded. */
export class Theme {
  choice = $state<ThemeChoice>('system');
  #systemDark = $state(false);
  /** On paper: light, every chart drawn and every table whole. */
  printing = $state(false);

  constructor() {
    const stored = localStorage.getItem(kept);
    if (stored === 'light' || stored === 'dark') this.choice = stored;
    const media = matchMedia('(prefers-color-scheme: dark)');
    this.#systemDark = media.matches;
    media.addEventListener('change', (event) => {
      this.#systemDark = event.matches;
    });
  }

  get dark(): boolean {
    if (this.printing) return false;
    return this.choice === 'dark' || (this.choice === 'system' && this.#systemDark);
  }

  /** Lays the screen out as paper, prints it once `ready`, and puts it back. */
  async print(ready: () => Promise<void>): Promise<void> {
    this.printing = true;
    document.documentElement.dataset.theme = 'light';
    try {
      await ready();
      print();
    } finally {
      this.printing = false;
      this.choose(this.choice);
    }
  }

  choose(choice: ThemeChoice): void {
    if (choice === 'system') {
      delete document.documentElement.dataset.theme;
      localStorage.removeItem(kept);
    } else {
      document.documentElement.dataset.theme = choice;
      localStorage.setItem(kept, choice);
    }
    this.choice = choice;
  }
}

export const [getTheme, setTheme] = createContext<Theme>();
