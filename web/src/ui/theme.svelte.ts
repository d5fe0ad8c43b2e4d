import { createContext } from 'svelte';

export const themes = ['system', 'light', 'dark'] as const;
export type ThemeChoice = (typeof themes)[number];
const kept = 'ensayo.theme';

/** Light or dark: as the system has it, unless chosen here. `before-paint.js` sets it before this is loaded. */
export class Theme {
  choice = $state<ThemeChoice>('system');
  #systemDark = $state(false);

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
    return this.choice === 'dark' || (this.choice === 'system' && this.#systemDark);
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
