import { contract } from '#core/contract/index.ts';
import { messageLimits } from '#core/contract/messages/messages.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { compareTexts } from '#core/message/compare.ts';
import { templateOf } from '#core/message/style.ts';
import { placeholders } from '#core/message/text/placeholder.ts';
import { handle } from '../http/handle.ts';
import { backOf, claimKinds, consequenceKind, consequenceKinds } from '../jobs/messages/back.ts';
import {
  describeOwn,
  describeShipped,
  describeStyle,
  hashOf,
  versionInUse,
} from '../jobs/messages/describe.ts';
import { judgeText, requireWhole } from '../jobs/messages/judge.ts';
import { previewMessage } from '../jobs/messages/preview.ts';
import {
  approveTemplate,
  createTemplate,
  readOwn,
  requireSound,
  retireTemplate,
  reviseTemplate,
  styleNamed,
} from '../jobs/messages/write.ts';
import { writeAudit } from '../store/audit.ts';
import { insertStatement, readCosts, stateCost } from '../store/messages/statements.ts';
import { shippedStyles, stylesInUse } from '../store/messages/styles.ts';
import { readTemplate, readTemplates } from '../store/messages/templates.ts';
import { instant, workspaceToday } from '../store/workspace.ts';

const everybody = { people: null, country: null };

export const handlers = [
  handle(contract.messages.list, async ({ context }) => {
    const styles = [...shippedStyles(context)];
    const back = await backOf(context, everybody);
    const costs = await readCosts(context.engine);
    const own = await readTemplates(context.engine);
    const messages = [];
    for (const [id, style] of styles) {
      for (const template of style.templates)
        messages.push(await describeShipped(back, id, style, template, costs));
      for (const template of own.filter((one) => one.style === id))
        messages.push(await describeOwn(back, style, template, versionInUse(template), costs));
    }
    return {
      asOf: back.asOf,
      styles: styles.map(([id, style]) => describeStyle(id, style)),
      messages,
      costs,
      limits: messageLimits,
    };
  }),
  handle(contract.messages.kinds, async ({ context }) => ({
    claims: [...claimKinds(context)].map(([id, { text, population, numerator, by, windowDays }]) => ({
      id,
      ...text,
      population,
      numerator,
      by: [...by],
      windowDays,
    })),
    consequences: [...consequenceKinds(context)].map(([id, { text, cases, carriedOut, measure }]) => ({
      id,
      ...text,
      cases,
      carriedOut,
      measured: measure !== null,
    })),
    placeholders: Object.entries(placeholders).map(([name, one]) => ({ name, ...one })),
  })),
  handle(contract.messages.get, async ({ context, input }) => {
    const { style: styleId, template: id } = input.params;
    const style = styleNamed(context, styleId);
    const shipped = templateOf(style, id);
    if (shipped) {
      const back = await backOf(context, everybody);
      const message = await describeShipped(back, styleId, style, shipped, await readCosts(context.engine));
      return { message, style: describeStyle(styleId, style), versions: [] };
    }
    const { versions } = await readTemplate(context.engine, styleId, id);
    const message = await readOwn(context, styleId, id, input.query.version);
    return { message, style: describeStyle(styleId, style), versions };
  }),
  handle(contract.messages.judge, async ({ context, input }) => {
    const style = styleNamed(context, input.body.style);
    requireWhole('?', input.body);
    return judgeText(await backOf(context, everybody), style, input.body, await readCosts(context.engine));
  }),
  handle(contract.messages.create, async ({ context, principal, input }) => {
    const { id, author, ...content } = input.body;
    return createTemplate(context, id, content, { by: principal.id, name: author });
  }),
  handle(contract.messages.revise, async ({ context, principal, input }) => {
    const { author, ...content } = input.body;
    const { style, template } = input.params;
    return reviseTemplate(context, style, template, content, { by: principal.id, name: author });
  }),
  handle(contract.messages.approve, async ({ context, principal, input }) => {
    const { name, ...asked } = input.body;
    const { style, template } = input.params;
    return approveTemplate(context, style, template, asked, { by: principal.id, name });
  }),
  handle(contract.messages.retire, async ({ context, principal, input }) => {
    const { name, note } = input.body;
    const { style, template } = input.params;
    return retireTemplate(context, style, template, note, { by: principal.id, name });
  }),
  handle(contract.messages.preview, async ({ context, principal, input }) => {
    const { limit, style, ...said } = input.body;
    styleNamed(context, style);
    return previewMessage(context, said, limit, principal.permissions.includes('personal:read'));
  }),
  handle(contract.messages.compare, async ({ context, input }) => {
    const styles = await stylesInUse(context);
    return compareTexts(
      input.body.arms.map(({ name, style: id, templates }) => {
        const style = styles.get(id);
        if (!style)
          throw new DomainError('unknown_style', { style: id, known: [...styles.keys()].join(', ') });
        return {
          name,
          style: id,
          templates: templates.map((one) => {
            const found = templateOf(style, one);
            if (!found) throw new DomainError('not_found', { kind: 'template', id: `${id}/${one}` });
            return found;
          }),
        };
      }),
    );
  }),
  handle(contract.messages.state, async ({ context, principal, input }) => {
    const { kind } = input.params;
    consequenceKind(context, kind);
    const at = instant(context.now());
    const said = { ...input.body, statedOn: await workspaceToday(context) };
    await context.engine.transaction(async (session) => {
      await insertStatement(session, kind, said, { at, by: principal.id });
      const { country, share, name, validUntil } = said;
      await writeAudit(session, {
        at,
        by: principal.id,
        action: 'message.stated',
        subject: kind,
        details: { country, share, name, validUntil },
      });
    });
    return said;
  }),
  handle(contract.messages.cost, async ({ context, principal, input }) => {
    const { channel } = input.params;
    const { amount, currency, name } = input.body;
    await context.engine.transaction(async (session) => {
      await stateCost(session, channel, { amount, currency, statedBy: name });
      const details = { amount, currency, name };
      await writeAudit(session, {
        at: instant(context.now()),
        by: principal.id,
        action: 'message.cost',
        subject: channel,
        details,
      });
    });
    return { costs: await readCosts(context.engine) };
  }),
  handle(contract.messages.exported, async ({ context }) => ({
    format: 'ensayo-messages' as const,
    version: 1 as const,
    templates: (await readTemplates(context.engine)).map((template) => {
      const { content, author } = versionInUse(template);
      return { ...content, id: template.id, author };
    }),
  })),
  handle(contract.messages.imported, async ({ context, principal, input }) => {
    const answer = { created: [] as string[], revised: [] as string[], unchanged: [] as string[] };
    const known = new Map((await readTemplates(context.engine)).map((one) => [one.id, one]));
    for (const { id, ...content } of input.body.templates) requireSound(context, id, content);
    for (const { id, author, ...content } of input.body.templates) {
      const acting = { by: principal.id, name: author };
      const held = known.get(id);
      if (!held) {
        await createTemplate(context, id, content, acting);
        answer.created.push(id);
      } else if (versionInUse(held).hash === hashOf(content)) {
        answer.unchanged.push(id);
      } else {
        await reviseTemplate(context, content.style, id, content, acting);
        answer.revised.push(id);
      }
    }
    return answer;
  }),
  handle(contract.messages.recheck, ({ submit }) => submit('check-messages', {})),
];
