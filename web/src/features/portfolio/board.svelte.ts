import { createContext } from 'svelte';
import type { Output } from '#core/contract/endpoint.ts';
import type { contract } from '#core/contract/index.ts';
import type { KpiFilter } from '#core/portfolio/kpi.ts';
import { Turns } from '../../api/turns.ts';
import { writeAddress } from '../../router/match.ts';
import type { Router } from '../../router/router.svelte.ts';
import { asAddress, filterOf, type Measure, parametersOf } from './filter/filter.ts';
import type { Extent } from './sections.ts';

export type KpiAnswer = Output<typeof contract.kpis.get>;
export type KpiListed = Output<typeof contract.kpis.list>['kpis'][number];
export type Choices = Output<typeof contract.kpis.choices>;
export interface TileProps {
  answer: KpiAnswer;
  /** Alone on its page, with room for more. */
  large: boolean;
}

const askedAtOnce = 3;
/** Cohorts that stand under one another on the board; alone on its page a tile shows all. */
export const mostCohorts = 24;

/** What all tiles of the portfolio share: what the address says, and the line they wait in to be asked. */
export class Board {
  readonly turns = new Turns(askedAtOnce);
  readonly #router: Router;
  /** Whether any snapshot holds a balance; without one, only accounts can be measured. */
  hasBalance = $state(true);
  choices = $state.raw<Choices | undefined>(undefined);

  constructor(router: Router) {
    this.#router = router;
  }

  get filter(): KpiFilter {
    return filterOf(this.#router.query);
  }

  get measure(): Measure {
    return !this.hasBalance || this.#router.query.measure === 'accounts' ? 'accounts' : 'balance';
  }

  /** How many currencies stand side by side, and how many months are looked at. */
  get extent(): Extent {
    const { currency, quote, since = '', until = '9999' } = this.filter;
    const { currencies = [], dates = [] } = this.choices ?? {};
    return {
      currencies: currency || quote ? 1 : Math.max(1, currencies.length),
      months: Math.min(mostCohorts, dates.filter((date) => date >= since && date <= until).length),
    };
  }

  /** The currency that tiles with room for one show, where several are in the answer. */
  get shownCurrency(): string | undefined {
    return this.#router.query.of;
  }

  /** What one tile shows of its answer, where it has a choice of its own. */
  shown(kpi: string): string | undefined {
    return this.#router.query[`${kpi}~`];
  }

  show = (kpi: string, what: string): void => this.step({ [`${kpi}~`]: what });

  parameters(kpi: string): Record<string, string> {
    return parametersOf(this.#router.query, kpi);
  }

  /** A change a person can go back over. */
  step = (query: Record<string, string>): void => this.#router.step(query);

  choose = (kpi: string, parameters: Record<string, unknown>): void => this.step(asAddress(kpi, parameters));

  /** The same view with one tile alone, or with all of them. */
  addressOf(kpi?: string): string {
    const path = kpi ? `/portfolio/kpi/${encodeURIComponent(kpi)}` : '/portfolio';
    return writeAddress({ path, query: { ...this.#router.query, sort: '' } });
  }
}

export const [getBoard, setBoard] = createContext<Board>();
