import type { Text } from '#core/text/text.ts';
import en from '../en.json';
import es from '../es.json';

type Words = Record<string, string>;

/** How an arm is called in both languages: a style by its title, a channel by its word, else the name given. */
export function nameIn(name: string, styles: readonly { id: string; title: Text }[]): Text {
  const style = styles.find(({ id }) => id === name);
  if (style) return style.title;
  const plain = name.replaceAll('_', ' ');
  const key = `channel.${name}`;
  return { es: (es as Words)[key] ?? plain, en: (en as Words)[key] ?? plain };
}
