import { type Grouping, type GroupingTask, group } from '#models/grouping/group.ts';
import { answerCalls } from '../../threads/worker-side.ts';

/** Groups are found in a thread of their own: distances of thousands of rows hold a thread for a second. */
answerCalls<GroupingTask, Grouping>(({ task }) => group(task));
