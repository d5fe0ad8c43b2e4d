import { statedShares, writtenShare } from '#core/message/numbers.ts';
import { reasonOf, tooLong } from '#core/message/reasons.ts';
import { type MessageStyle, type Template, templateOf } from '#core/message/style.ts';
import { overlong } from '#core/message/text/length.ts';
import { sql } from '#core/sql/sql.ts';
import { locales, type Text } from '#core/text/text.ts';
import type { Context } from '../../context.ts';
import type { DesignRecord } from '../../store/experiments/designs.ts';
import { shippedStyles } from '../../store/messages/styles.ts';
import { asTemplate, type OwnTemplate, readTemplates } from '../../store/messages/templates.ts';
import { backOf } from './back.ts';

/** What a text in use rests on, looked at again. */
export interface Rechecked {
  experimentId: string;
  arm: string;
  style: string;
  template: string;
  version: number | null;
  asOf: string | null;
  holds: boolean;
  reason: Text | null;
  /** The figure sent, and what the portfolio says now. */
  result: Record<string, unknown>;
}

/** The text as it was frozen: a version since retired is still what people get. */
function frozenTemplate(
  styles: ReadonlyMap<string, MessageStyle>,
  own: readonly OwnTemplate[],
  styleId: string,
  id: string,
  version: number | null | undefined,
): Template | undefined {
  const style = styles.get(styleId);
  const shipped = style && templateOf(style, id);
  if (shipped) return shipped;
  const found = own.find((one) => one.id === id)?.versions.find((one) => one.version === version);
  return found && asTemplate(id, found);
}

/**
 * Holds the figures and consequences of an experiment's frozen texts against the portfolio as it is now, for the
 * people in it: the number that is being sent must still be at or under the lower end, and still be valid. A text longer than its
 * channel takes does not hold either.
 */
export async function recheckTexts(context: Context, record: DesignRecord): Promise<Rechecked[]> {
  const { design, id } = record;
  const styles = shippedStyles(context);
  const own = await readTemplates(context.engine);
  const back = await backOf(context, {
    people: sql`SELECT DISTINCT customer_id FROM assignments WHERE experiment_id = ${id}`,
    country: design.assume?.jurisdiction?.slice(0, 2) ?? null,
    segmentId: design.segmentId,
    today: design.assume?.today,
  });
  const looked: Rechecked[] = [];
  for (const arm of design.arms)
    for (const [i, touch] of arm.touches.entries())
      for (const name of touch.templates) {
        const frozen = record.texts.find(
          (one) => one.arm === arm.name && (one.touch ?? 1) === i + 1 && (one.template ?? name) === name,
        );
        const template = frozenTemplate(styles, own, touch.style, name, frozen?.version);
        if (!template) continue;
        const over = overlong(template);
        if (!over && !template.claim && !template.consequence) continue;
        const line = {
          experimentId: id,
          arm: arm.name,
          style: touch.style,
          template: name,
          version: frozen?.version ?? null,
          asOf: back.asOf,
        };
        if (over) looked.push({ ...line, holds: false, reason: tooLong(over).text, result: { ...over } });
        if (template.claim) {
          const inWords = writtenShare(
            locales.flatMap((language) => statedShares(template.body[language] ?? '', language)),
          );
          const sent = inWords ?? (frozen?.claim ? frozen.claim.claimed / 10 : null);
          const { shown } = await back.claim(template.claim, sent);
          const stale = shown.stale ? reasonOf('claim_stale', { validUntil: shown.validUntil }).text : null;
          const reason = shown.holds ? stale : shown.reason;
          const { n, events, share, group, validUntil } = shown;
          looked.push({
            ...line,
            holds: reason === null,
            reason,
            result: { kind: shown.kind, sent, n, events, lower: share.lower, group, validUntil },
          });
        }
        if (template.consequence) {
          const { kind, holds, countries } = await back.consequence(template.consequence);
          const reason = countries.find((one) => !one.holds)?.reason ?? null;
          looked.push({
            ...line,
            holds,
            reason: holds ? null : (reason ?? reasonOf('no_data').text),
            result: {
              kind,
              countries: countries.map(({ country, n, events, holds: fine }) => ({
                country,
                n,
                events,
                holds: fine,
              })),
            },
          });
        }
      }
  return looked;
}
