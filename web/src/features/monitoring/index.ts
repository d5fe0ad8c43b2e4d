import { type Feature, screen } from '../feature.ts';
import Monitoring from './Monitoring.svelte';

const monitoring: Feature = {
  title: { es: 'Vigilancia', en: 'Monitoring' },
  order: 28,
  under: '/models',
  screens: [screen('/models/monitoring', Monitoring)],
};

export default monitoring;
