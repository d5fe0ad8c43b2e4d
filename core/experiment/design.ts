import { DomainError } from '../errors/domain-error.ts';
import { type MessageStyle, templateOf } from '../message/style.ts';
import { blockOf } from './block.ts';
import type { Arm, Design } from './define.ts';

const firstTwice = (names: readonly string[]): string | undefined =>
  names.find((name, i) => names.indexOf(name) !== i);

function checkArm(arm: Arm, styles: ReadonlyMap<string, MessageStyle>): void {
  if (!(arm.weight > 0)) throw new DomainError('arm_without_weight', { arm: arm.name, weight: arm.weight });
  const style = styles.get(arm.style);
  if (!style)
    throw new DomainError('unknown_style', { style: arm.style, known: [...styles.keys()].join(', ') });
  const inChannel = style.templates.filter((template) => template.channel === arm.channel);
  if (templateOf(style, arm.template)?.channel !== arm.channel)
    throw new DomainError('unknown_template', {
      template: arm.template,
      style: arm.style,
      channel: arm.channel,
      known: inChannel.map((template) => template.id).join(', ') || null,
    });
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
  const distinct = (pick: (arm: Arm) => string) => [...new Set(design.arms.map(pick))];
  const channels = distinct((arm) => arm.channel);
  if (distinct((arm) => arm.style).length > 1 && channels.length > 1)
    throw new DomainError('style_and_channel_mixed', { channels: channels.join(', ') });
  blockOf(design.arms);
}
