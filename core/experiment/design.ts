import { DomainError } from '../errors/domain-error.ts';
import { type MessageStyle, templateOf } from '../message/style.ts';
import { blockOf } from './assigning/block.ts';
import type { Arm, Design, Touch } from './define.ts';

const firstTwice = (names: readonly string[]): string | undefined =>
  names.find((name, i) => names.indexOf(name) !== i);

function checkTouch(touch: Touch, styles: ReadonlyMap<string, MessageStyle>): void {
  const style = styles.get(touch.style);
  if (!style)
    throw new DomainError('unknown_style', { style: touch.style, known: [...styles.keys()].join(', ') });
  const inChannel = style.templates.filter((template) => template.channel === touch.channel);
  for (const template of touch.templates)
    if (templateOf(style, template)?.channel !== touch.channel)
      throw new DomainError('unknown_template', {
        template,
        style: touch.style,
        channel: touch.channel,
        known: inChannel.map(({ id }) => id).join(', ') || null,
      });
}

function checkArm(arm: Arm, styles: ReadonlyMap<string, MessageStyle>): void {
  if (!(arm.weight > 0)) throw new DomainError('arm_without_weight', { arm: arm.name, weight: arm.weight });
  for (const touch of arm.touches) checkTouch(touch, styles);
}

/**
 * Refuses a design that could not be run or could not be read afterwards.
 *
 * Arms that differ in style must share their channel, or the comparison would be of both at once; arms of one
 * style may differ in channel.
 *
 * @throws too_few_arms, duplicate_arm, unknown_control, arm_without_weight, unknown_style, unknown_template,
 * style_and_channel_mixed, weights_without_block
 */
export function checkDesign(design: Design, styles: ReadonlyMap<string, MessageStyle>): void {
  const names = design.arms.map((arm) => arm.name);
  if (names.length < 2) throw new DomainError('too_few_arms', { arms: names.join(', ') || null });
  const twice = firstTwice(names);
  if (twice) throw new DomainError('duplicate_arm', { arm: twice });
  if (!names.includes(design.control))
    throw new DomainError('unknown_control', { control: design.control, known: names.join(', ') });
  for (const arm of design.arms) checkArm(arm, styles);
  const touches = design.arms.flatMap((arm) => arm.touches);
  const distinct = (pick: (touch: Touch) => string) => [...new Set(touches.map(pick))];
  const channels = distinct((touch) => touch.channel);
  if (distinct((touch) => touch.style).length > 1 && channels.length > 1)
    throw new DomainError('style_and_channel_mixed', { channels: channels.join(', ') });
  blockOf(design.arms);
}
