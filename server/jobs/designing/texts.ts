import type { Experiment } from '#core/contract/experiments.ts';
import type { Design } from '#core/experiment/define.ts';
import { claimReason, writeTemplate } from '#core/message/arm-text.ts';
import { type Claim, type CountryCount, countUpToDate, judgeClaim } from '#core/message/claims.ts';
import { type MessageStyle, templateOf } from '#core/message/style.ts';
import { showSql } from '#core/sql/show.ts';
import type { Context } from '../../context.ts';
import type { DesignPeople } from './people.ts';

/** The styles of this installation. */
export const stylesOf = (context: Context): ReadonlyMap<string, MessageStyle> =>
  context.registry.styles as unknown as ReadonlyMap<string, MessageStyle>;

export interface ArmTexts {
  texts: Experiment['texts'];
  /** Arms whose text claims what is not so. */
  refused: { arm: string; claim: Claim }[];
}

/** What each arm would say in each language, with the figures its claims rest on. */
export async function armTexts(context: Context, design: Design, people: DesignPeople): Promise<ArmTexts> {
  const { engine } = context;
  const country = design.assume?.jurisdiction?.slice(0, 2) ?? null;
  const query = countUpToDate(engine.dialect, people.asOf, people.members, country);
  const styles = stylesOf(context);
  const claims = design.arms.some((arm) => arm.touches.some((touch) => styles.get(touch.style)?.claim));
  const claim = claims ? judgeClaim(await engine.rows<CountryCount>(query)) : null;
  const refused: ArmTexts['refused'] = [];
  const texts = design.arms.flatMap((arm) => {
    const [touch] = arm.touches;
    const style = touch && styles.get(touch.style);
    const template = style && touch && templateOf(style, touch.templates[0] ?? '');
    if (!style || !template) return [];
    const made = style.claim ? claim : null;
    if (made && !made.holds) refused.push({ arm: arm.name, claim: made });
    const shown = made && {
      claimed: made.claimed,
      share: made.share,
      n: made.n,
      country: made.country,
      holds: made.holds,
      reason: claimReason(made),
      sql: showSql(query),
    };
    return writeTemplate(template, made).map((text) => ({ arm: arm.name, ...text, claim: shown }));
  });
  return { texts, refused };
}
