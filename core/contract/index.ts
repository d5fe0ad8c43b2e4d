import { contactRules } from './contact/contact-rules.ts';
import { batches } from './delivery/batches.ts';
import { destinations } from './delivery/destinations.ts';
import { events } from './delivery/events.ts';
import { exports } from './delivery/exports.ts';
import { ledger } from './delivery/ledger.ts';
import { schedules } from './delivery/schedules.ts';
import { syncs } from './delivery/syncs.ts';
import type { Endpoint } from './endpoint.ts';
import { analyses } from './experiments/analyses.ts';
import { experiments } from './experiments/experiments.ts';
import { harmWatchEndpoints } from './experiments/harm.ts';
import { holdouts } from './experiments/holdouts.ts';
import { experimentLifecycle } from './experiments/lifecycle.ts';
import { experimentRehearsal } from './experiments/rehearsal.ts';
import { experimentResponders } from './experiments/responders.ts';
import { experimentResultEndpoints } from './experiments/results.ts';
import { jobs } from './jobs.ts';
import { messages } from './messages/endpoints.ts';
import { channels } from './models/channels.ts';
import { explanations } from './models/explaining.ts';
import { externalModels } from './models/external.ts';
import { features } from './models/feature-report.ts';
import { models, scores } from './models/models.ts';
import { monitoring } from './models/monitoring.ts';
import { risk } from './models/risk.ts';
import { scorecards } from './models/scorecards.ts';
import { versionStates } from './models/states.ts';
import { swapSets } from './models/swaps.ts';
import { waiting } from './models/waiting.ts';
import { keeping } from './portfolio/keeping.ts';
import { kpis } from './portfolio/kpis.ts';
import { loads } from './portfolio/loads.ts';
import { people } from './portfolio/people.ts';
import { portfolio } from './portfolio/portfolio.ts';
import { previews } from './portfolio/previews.ts';
import { recipes } from './portfolio/recipes.ts';
import { queries } from './query.ts';
import { microSegments } from './segments/micro.ts';
import { segments } from './segments/segments.ts';
import { segmentViews } from './segments/views.ts';
import { sessions, tokens } from './session.ts';
import { system } from './system.ts';

/** Everything a program can ask of Ensayo, by resource. */
export const contract = {
  system,
  session: sessions,
  tokens,
  jobs,
  loads,
  recipes,
  previews,
  portfolio,
  people,
  keeping,
  kpis,
  models,
  externalModels,
  versionStates,
  scorecards,
  swapSets,
  features,
  explanations,
  monitoring,
  waiting,
  scores,
  channels,
  risk,
  segments,
  segmentViews,
  microSegments,
  messages,
  experiments,
  experimentLifecycle,
  experimentRehearsal,
  analyses,
  experimentResults: experimentResultEndpoints,
  experimentResponders,
  harmWatch: harmWatchEndpoints,
  holdouts,
  contactRules,
  batches,
  exports,
  events,
  destinations,
  syncs,
  schedules,
  ledger,
  queries,
} as const;

export const endpoints: readonly Endpoint[] = Object.values(contract).flatMap(
  (resource) => Object.values(resource) as unknown as Endpoint[],
);

export const basePath = '/api/v1';
