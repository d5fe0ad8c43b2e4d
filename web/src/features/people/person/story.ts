import type { Timeline } from '#core/contract/portfolio/person-views.ts';
import type { TextValues } from '#core/text/text.ts';
import type { Lane, LaneEvent, TimelineStory } from '../../../charts/timeline.ts';
import type { Figures } from '../../../i18n/figures.ts';
import type es from '../es.json';

type Say = (key: keyof typeof es, values?: TextValues) => string;

/** One thing that happened, as the table behind the chart shows it. */
export interface StoryEvent {
  at: string;
  what: string;
  detail: string;
  amount: string | null;
  currency: string | null;
  account: string | null;
}

/** The headline: what was paid lately and how late the person is now. */
export function findingOf({ finding }: Timeline, t: Say): string {
  const { months, monthsPaid: paid, daysPastDue: days } = finding;
  const first = paid > 0 ? t('story.paid', { paid, months }) : t('story.unpaid', { months });
  if (days === null) return first + t('story.unknown');
  return first + (days > 0 ? t('story.late', { days }) : t('story.current'));
}

const keptOf = (kept: boolean | null) => (kept === null ? 'open' : (`${kept}` as 'true' | 'false'));
const channels = ['sms', 'email', 'whatsapp', 'call', 'letter'] as const;

function promiseDetail(promise: Timeline['promises'][number], t: Say, f: Figures): string {
  return t('promise.for', { date: f.date(promise.dueOn), kept: t(`kept.${keptOf(promise.kept)}`) });
}

/** Everything in one list, oldest first. */
export function eventsOf(told: Timeline, t: Say, f: Figures): StoryEvent[] {
  const none = { amount: null, currency: null, account: null };
  const channelName = (channel: string | null) => {
    const known = channels.find((one) => one === channel);
    return known ? t(`lane.${known}`) : (channel ?? '');
  };
  const rows: StoryEvent[] = [
    ...told.balances.map((one) => ({
      at: one.asOf,
      what: t('event.balance'),
      detail: one.daysPastDue === null ? '' : t('event.lateDays', { days: one.daysPastDue }),
      amount: one.balance,
      currency: one.currency,
      account: one.accountId,
    })),
    ...told.payments.map((one) => ({
      at: one.paidAt,
      what: t('lane.payment'),
      detail: one.reversed ? t('reversed') : (one.method ?? ''),
      amount: one.amount,
      currency: one.currency,
      account: one.accountId,
    })),
    ...told.promises.map((one) => ({
      at: one.madeAt,
      what: t('lane.promise'),
      detail: promiseDetail(one, t, f),
      amount: one.amount,
      currency: one.currency,
      account: one.accountId,
    })),
    ...told.contacts.map((one) => ({
      ...none,
      at: one.sentAt,
      what: channelName(one.channel),
      detail: [t(`outcome.${one.outcome}`), one.style].filter(Boolean).join(' · '),
    })),
    ...told.complaints.map((one) => ({
      ...none,
      at: one.occurredAt,
      what: t('lane.complaint'),
      detail: [channelName(one.channel), one.topic].filter(Boolean).join(' · '),
    })),
    ...told.assigned.map((one) => ({
      ...none,
      at: one.assignedAt,
      what: t('lane.experiment'),
      detail: t('event.assigned', { name: one.name, arm: one.arm }),
    })),
    ...told.messages.map((one) => ({
      ...none,
      at: one.plannedAt,
      what: t('lane.message'),
      detail: [channelName(one.channel), t('event.message', { name: one.name, arm: one.arm })].join(' · '),
    })),
  ];
  return rows.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

/** What the chart draws: balances by currency, and one lane for each kind of event there is. */
export function storyOf(told: Timeline, t: Say, f: Figures): TimelineStory {
  const lanes: Lane[] = [];
  const add = (id: string, title: string, events: LaneEvent[]) => {
    if (events.length) lanes.push({ id, title, events });
  };
  add(
    'payment',
    t('lane.payment'),
    told.payments.map((one) => ({
      at: one.paidAt,
      mark: one.reversed ? 'failed' : 'tick',
      text: f.roundMoney(one.amount, one.currency),
      tip: `${f.money(one.amount, one.currency)}${one.reversed ? ` · ${t('reversed')}` : ''}`,
    })),
  );
  add(
    'promise',
    t('lane.promise'),
    told.promises.map((one) => ({
      at: one.madeAt,
      until: one.dueOn,
      mark: one.kept === null ? 'open' : one.kept ? 'good' : 'failed',
      tip: `${f.money(one.amount, one.currency)} · ${promiseDetail(one, t, f)}`,
    })),
  );
  for (const channel of channels)
    add(
      channel,
      t(`lane.${channel}`),
      told.contacts
        .filter((one) => one.channel === channel)
        .map((one) => ({
          at: one.sentAt,
          mark:
            one.outcome === 'right_party'
              ? 'spoken'
              : one.outcome === 'failed'
                ? 'failed'
                : one.outcome === 'unknown'
                  ? 'open'
                  : 'reached',
          tip: [t(`outcome.${one.outcome}`), one.style].filter(Boolean).join(' · '),
        })),
    );
  add(
    'complaint',
    t('lane.complaint'),
    told.complaints.map((one) => ({ at: one.occurredAt, mark: 'harm', tip: one.topic ?? '' })),
  );
  add(
    'experiment',
    t('lane.experiment'),
    told.assigned.map((one) => ({
      at: one.assignedAt,
      mark: 'open',
      tip: t('event.assigned', { name: one.name, arm: one.arm }),
    })),
  );
  add(
    'message',
    t('lane.message'),
    told.messages.map((one) => ({
      at: one.plannedAt,
      mark: 'reached',
      tip: t('event.message', { name: one.name, arm: one.arm }),
    })),
  );
  return {
    description: t('story.chart', {
      balances: told.balances.length,
      payments: told.payments.length,
      contacts: told.contacts.length,
      promises: told.promises.length,
      today: f.date(told.today),
    }),
    today: told.today,
    todayText: t('today'),
    currencies: [...new Set(told.balances.map((one) => one.currency))].sort().map((currency) => ({
      currency,
      title: t('balanceOf', { currency }),
      points: told.balances
        .filter((one) => one.currency === currency && one.balance !== null)
        .map((one) => ({
          account: one.accountId,
          asOf: one.asOf,
          balance: Number(one.balance),
          late: (one.daysPastDue ?? 0) > 0,
          tip: `${f.money(one.balance, currency)}${one.daysPastDue === null ? '' : ` · ${t('event.lateDays', { days: one.daysPastDue })}`}`,
        })),
    })),
    lanes,
  };
}
