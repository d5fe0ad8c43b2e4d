import type { Design } from '#core/experiment/define.ts';
import { whatDiffers } from '#core/experiment/what-differs.ts';
import type { Text } from '#core/text/text.ts';
import type { PlugIn } from '../../registry.ts';

/**
 * How arms are called in sentences. An arm of one style carries the style's title, where styles may be spoken of;
 * where each was told in one text alone, it is "this text of" the style; other arms keep their names.
 */
export function armTitles(design: Design, styles: ReadonlyMap<string, PlugIn>): Record<string, Text> {
  const { about } = whatDiffers(design.arms, () => undefined);
  const titleOf = ({ name, touches }: Design['arms'][number]): Text => {
    if (touches.length === 0) return { es: 'sin mensajes', en: 'no messages' };
    const own = new Set(touches.map(({ style }) => style));
    const style = own.size === 1 ? styles.get([...own][0]!) : undefined;
    if (!style || (about !== 'style' && about !== 'text')) return { es: name, en: name };
    const { es, en } = style.text.title;
    return about === 'style' ? { es, en } : { es: `este texto de «${es}»`, en: `this text of “${en}”` };
  };
  return Object.fromEntries(design.arms.map((arm) => [arm.name, titleOf(arm)]));
}
