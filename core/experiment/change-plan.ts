import type { PlanChanges, PlanVersion } from '../contract/experiments/lifecycle.ts';
import { DomainError } from '../errors/domain-error.ts';
import { type MessageStyle, templateOf } from '../message/style.ts';
import type { Text } from '../text/text.ts';
import type { Design } from './define.ts';

/** What may change after the start, with its words. */
export const changeable: Record<keyof PlanChanges, Text> = {
  arrivalDays: { es: 'días en que aún entra gente', en: 'days on which people still enter' },
  graceDays: { es: 'días que un mensaje puede esperar', en: 'days a message may wait' },
  sendAt: { es: 'hora del envío', en: 'time of the send' },
  texts: { es: 'textos del mismo estilo y canal', en: 'texts of the same style and channel' },
  guardrails: { es: 'márgenes más estrictos', en: 'stricter margins' },
};

type Change = PlanVersion['changes'][number];

const frozen = (field: string, before: unknown, after: unknown): DomainError =>
  new DomainError('plan_frozen', {
    field,
    before: String(before),
    after: String(after),
    changeable: Object.keys(changeable).join(', '),
  });

function withTexts(
  design: Design,
  texts: NonNullable<PlanChanges['texts']>,
  styles: ReadonlyMap<string, MessageStyle>,
  changes: Change[],
): Design {
  let { arms } = design;
  for (const { arm: name, touch: number, templates } of texts) {
    const arm = arms.find((one) => one.name === name);
    if (!arm)
      throw new DomainError('unknown_arm', { arm: name, known: arms.map((one) => one.name).join(', ') });
    const touch = arm.touches[number - 1];
    if (!touch) throw frozen(`${name}.touches`, arm.touches.length, number);
    const style = styles.get(touch.style);
    for (const template of templates)
      if (!style || templateOf(style, template)?.channel !== touch.channel)
        throw new DomainError('unknown_template', {
          template,
          style: touch.style,
          channel: touch.channel,
          known:
            style?.templates
              .filter((one) => one.channel === touch.channel)
              .map(({ id }) => id)
              .join(', ') || null,
        });
    const [before, after] = [touch.templates.join(', '), templates.join(', ')];
    if (before === after) continue;
    changes.push({ field: `${name}.${number}.templates`, title: changeable.texts, before, after });
    arms = arms.map((one) =>
      one === arm
        ? { ...one, touches: one.touches.map((t, i) => (i === number - 1 ? { ...t, templates } : t)) }
        : one,
    );
  }
  return { ...design, arms };
}

function withMargins(
  design: Design,
  margins: NonNullable<PlanChanges['guardrails']>,
  changes: Change[],
): Design {
  let { guardrails } = design;
  for (const { id, margin } of margins) {
    const held = guardrails.find((one) => one.id === id);
    if (!held || margin > held.margin) throw frozen(`guardrails.${id}`, held?.margin ?? '-', margin);
    if (margin === held.margin) continue;
    const [before, after] = [String(held.margin), String(margin)];
    changes.push({ field: `guardrails.${id}.margin`, title: changeable.guardrails, before, after });
    guardrails = guardrails.map((one) => (one.id === id ? { ...one, margin } : one));
  }
  return { ...design, guardrails };
}

/**
 * A design under way with changes that leave what effects are read by as it was: who is compared, on what, when and how. Only days
 * of arrival and of grace, the hour, texts of the same style and channel and stricter margins may change.
 *
 * @throws plan_frozen, plan_unchanged, unknown_arm, unknown_template
 */
export function changeDesign(
  design: Design,
  asked: PlanChanges,
  styles: ReadonlyMap<string, MessageStyle>,
): { design: Design; changes: Change[] } {
  const changes: Change[] = [];
  let changed = design;
  for (const field of ['arrivalDays', 'graceDays', 'sendAt'] as const) {
    const after = asked[field];
    if (after === undefined || after === design[field]) continue;
    changes.push({ field, title: changeable[field], before: String(design[field]), after: String(after) });
    changed = { ...changed, [field]: after };
  }
  if (asked.texts) changed = withTexts(changed, asked.texts, styles, changes);
  if (asked.guardrails) changed = withMargins(changed, asked.guardrails, changes);
  if (changes.length === 0) throw new DomainError('plan_unchanged');
  return { design: changed, changes };
}
