import type { MessageStyle } from '#core/message/style.ts';
import type { Context } from '../../context.ts';
import { asTemplate, readTemplates } from './templates.ts';

/** The styles as they are shipped. */
export const shippedStyles = ({ registry }: Pick<Context, 'registry'>): ReadonlyMap<string, MessageStyle> =>
  registry.styles as unknown as ReadonlyMap<string, MessageStyle>;

/**
 * The one place that answers which texts a style has: those shipped, and the approved versions of those the workspace
 * owns.
 */
export async function stylesInUse(
  context: Pick<Context, 'registry' | 'engine'>,
): Promise<ReadonlyMap<string, MessageStyle>> {
  const own = await readTemplates(context.engine);
  return new Map(
    [...shippedStyles(context)].map(([id, style]) => [
      id,
      {
        ...style,
        templates: [
          ...style.templates,
          ...own
            .filter((template) => template.style === id)
            .flatMap(({ id: name, versions }) =>
              versions
                .filter(({ state }) => state === 'approved')
                .map((version) => asTemplate(name, version)),
            ),
        ],
      },
    ]),
  );
}
