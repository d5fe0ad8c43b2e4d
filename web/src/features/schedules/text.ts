import { useText } from '../../i18n/language.svelte.ts';
import en from './en.json';
import es from './es.json';

export const useScheduleText = () => useText({ es, en });
