import { type Feature, screen } from '../feature.ts';
import ValueAtRisk from './ValueAtRisk.svelte';

const valueAtRisk: Feature = {
  title: { es: 'Valor en riesgo', en: 'Value at risk' },
  order: 34,
  under: '/models',
  screens: [screen('/models/value-at-risk', ValueAtRisk)],
};

export default valueAtRisk;
