import { createContext } from 'svelte';
import { format, type Locale, type Text, type TextValues } from '#core/text/text.ts';
import { type Figures, figures } from './figures.ts';

const kept = 'ensayo.language';

/** The language of the page: Spanish unless another was chosen on this machine. */
export class Language {
  locale = $state<Locale>('es');
  readonly #storage: Pick<Storage, 'getItem' | 'setItem'>;

  constructor(storage: Pick<Storage, 'getItem' | 'setItem'>) {
    this.#storage = storage;
    this.locale = storage.getItem(kept) === 'en' ? 'en' : 'es';
  }

  get figures(): Figures {
    return figures(this.locale);
  }

  choose(locale: Locale): void {
    this.locale = locale;
    this.#storage.setItem(kept, locale);
  }

  /** A text that came with its two languages. */
  pick = (text: Text): string => text[this.locale];
}

export const [getLanguage, setLanguage] = createContext<Language>();

/** The messages of one folder, by key, in the language of the page. */
export function useText<Key extends string>(messages: {
  es: Record<Key, string>;
  en: Record<Key, string>;
}): (key: Key, values?: TextValues) => string {
  const language = getLanguage();
  return (key, values) => format({ es: messages.es[key], en: messages.en[key] }, language.locale, values);
}
