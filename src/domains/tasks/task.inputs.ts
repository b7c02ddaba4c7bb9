import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { CalendarDateScalar } from '../../platform/scalars';
import { EXPECTED_VERSION } from '../../platform/versioned';
import { Task, TaskStatus } from './task.entity';

@InputType({ description: 'Which tasks. Everything given must fit.' })
export class TaskFilter {
  @Field(() => [TaskStatus], { nullable: true, description: 'One of these.' })
  statusIn?: TaskStatus[] | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Assigned to this person, as far as you see who is assigned. `NOT_FOUND` for people you do not see.',
  })
  assigneeId?: string | null;

  @Field(() => String, { nullable: true, description: 'The title contains this text, whatever its case.' })
  search?: string | null;
}

@InputType({ description: 'A new task.' })
export class CreateTaskInput {
  @Field(() => ID, { description: 'On which project.' })
  projectId: string;

  @Field({ description: 'What is to be done, 1–200 characters.' })
  title: string;

  @Field(() => String, { nullable: true, description: 'More about it, for everybody; up to 10,000 characters.' })
  description?: string | null;

  @Field(() => String, { nullable: true, description: 'For the team alone; up to 10,000 characters.' })
  internalNotes?: string | null;

  @Field(() => ID, { nullable: true, description: 'Who does it: somebody with access to the project.' })
  assigneeId?: string | null;

  @Field(() => CalendarDateScalar, { nullable: true, description: 'By when.' })
  dueDate?: string | null;

  @Field(() => Int, { nullable: true, description: 'How long it may take, in seconds, 0 or more.' })
  estimateSeconds?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether new entries on it are billable; as the project is billed, unless told.',
  })
  billable?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether clients see it; they do, unless told.' })
  clientVisible?: boolean | null;
}

@ObjectType({ simpleResolvers: true, description: 'What `createTask` made.' })
export class CreateTaskPayload {
  @Field({ description: 'The task, last in the order of its project.' })
  task: Task;
}

@InputType({ description: 'Changes to a task: what is left out stays, null clears.' })
export class UpdateTaskInput {
  @Field(() => ID, { description: 'Which task.' })
  taskId: string;

  @Field(() => Int, EXPECTED_VERSION)
  expectedVersion?: number | null;

  @Field(() => String, { nullable: true, description: 'What is to be done, 1–200 characters; cannot be cleared.' })
  title?: string | null;

  @Field(() => String, { nullable: true, description: 'More about it, for everybody; up to 10,000 characters.' })
  description?: string | null;

  @Field(() => String, { nullable: true, description: 'For the team alone; up to 10,000 characters.' })
  internalNotes?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Who does it: somebody with access to the project. For managers to change.',
  })
  assigneeId?: string | null;

  @Field(() => CalendarDateScalar, { nullable: true, description: 'By when.' })
  dueDate?: string | null;

  @Field(() => Int, { nullable: true, description: 'How long it may take, in seconds, 0 or more.' })
  estimateSeconds?: number | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether new entries on it are billable; those it has stay as they are. For managers to change.',
  })
  billable?: boolean | null;

  @Field(() => Boolean, { nullable: true, description: 'Whether clients see it. For managers to change.' })
  clientVisible?: boolean | null;
}

@ObjectType({ simpleResolvers: true, description: 'What `updateTask` changed.' })
export class UpdateTaskPayload {
  @Field({ description: 'The task.' })
  task: Task;
}

@InputType({ description: 'A task’s next status.' })
export class ChangeTaskStatusInput {
  @Field(() => ID, { description: 'Which task.' })
  taskId: string;

  @Field(() => TaskStatus, { description: 'What it becomes; `INVALID_TRANSITION` names what it could.' })
  status: TaskStatus;

  @Field(() => Int, EXPECTED_VERSION)
  expectedVersion?: number | null;
}

@ObjectType({ simpleResolvers: true, description: 'What `changeTaskStatus` changed.' })
export class ChangeTaskStatusPayload {
  @Field({ description: 'The task.' })
  task: Task;
}

@InputType({ description: 'A task’s new place in the order of its project.' })
export class MoveTaskInput {
  @Field(() => ID, { description: 'Which task.' })
  taskId: string;

  @Field(() => ID, { nullable: true, description: 'The task of the same project that it comes behind; null: first.' })
  afterTaskId?: string | null;
}

@ObjectType({ simpleResolvers: true, description: 'What `moveTask` changed.' })
export class MoveTaskPayload {
  @Field({ description: 'The task, in its new place.' })
  task: Task;
}
