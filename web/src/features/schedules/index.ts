import { type Feature, screen } from '../feature.ts';
import Schedules from './Schedules.svelte';

const schedules: Feature = {
  title: { es: 'Programación', en: 'Schedules' },
  order: 62,
  under: '/exports',
  screens: [screen('/exports/schedules', Schedules)],
};

export default schedules;
