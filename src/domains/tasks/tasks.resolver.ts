import { Arg, Ctx, FieldResolver, Int, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../context';
import { Duration, toDurationOrNull } from '../../platform/duration';
import { type Connection, connectionOf, Page, type PageArgs } from '../../platform/paging';
import { Parent } from '../../platform/parent';
import { loadPersonOnProject } from '../people/people.loaders';
import { Person } from '../people/person.entity';
import { Project } from '../projects/project.entity';
import { loadProject } from '../projects/projects.loaders';
import { Task } from './task.entity';
import {
  ChangeTaskStatusInput,
  ChangeTaskStatusPayload,
  CreateTaskInput,
  CreateTaskPayload,
  MoveTaskInput,
  MoveTaskPayload,
  TaskFilter,
  UpdateTaskInput,
  UpdateTaskPayload,
} from './task.inputs';
import { loadTaskOrder } from './tasks.loaders';
import { changeTaskStatus, createTask, listTasks, moveTask, updateTask } from './tasks.service';

const TaskConnection = connectionOf(() => Task, 'Task');

@Resolver(() => Project)
export class TasksOfProjectResolver {
  @FieldResolver(() => TaskConnection, {
    nullable: true,
    description: 'The tasks of the project that you may see, in the order that the team gave them (F-053, F-075).',
  })
  tasks(
    @Parent() project: Project,
    @Page() page: PageArgs,
    @Arg('filter', () => TaskFilter, { nullable: true, description: 'Which ones; all without it.' })
    filter: TaskFilter | null,
    @Ctx() context: Context,
  ): Promise<Connection<Task>> {
    return listTasks(context, project, { filter, page });
  }
}

@Resolver(() => Task)
export class TasksResolver {
  @FieldResolver(() => Project, { nullable: true, description: 'The project it belongs to.' })
  project(@Parent() task: Task, @Ctx() context: Context): Promise<Project | null> {
    return loadProject(context, task.projectId);
  }

  @FieldResolver(() => Person, {
    nullable: true,
    description: 'Who does it; null for nobody, and for people whom the project does not show you.',
  })
  async assignee(@Parent() { assigneeId, projectId }: Task, @Ctx() context: Context): Promise<Person | null> {
    return assigneeId === null ? null : loadPersonOnProject(context, { personId: assigneeId, projectId });
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'Its place among the tasks of the project that you see, from 1.',
  })
  order(@Parent() task: Task, @Ctx() context: Context): Promise<number | null> {
    return loadTaskOrder(context, task.id);
  }

  @FieldResolver(() => Duration, { nullable: true, description: 'How long it may take, as estimated.' })
  estimate(@Parent() task: Task): Duration | null {
    return toDurationOrNull(task.estimateSeconds);
  }

  @Mutation(() => CreateTaskPayload, { description: 'Makes a task on a project. For its managers.' })
  async createTask(
    @Arg('input', () => CreateTaskInput, { description: 'The task.' }) input: CreateTaskInput,
    @Ctx() context: Context,
  ): Promise<CreateTaskPayload> {
    return { task: await createTask(context, input) };
  }

  @Mutation(() => UpdateTaskPayload, {
    description: 'Changes a task. For managers of the project, and for team members on what is assigned to them.',
  })
  async updateTask(
    @Arg('input', () => UpdateTaskInput, { description: 'The changes.' }) input: UpdateTaskInput,
    @Ctx() context: Context,
  ): Promise<UpdateTaskPayload> {
    return { task: await updateTask(context, input) };
  }

  @Mutation(() => ChangeTaskStatusPayload, {
    description: 'Moves a task on in its life. For managers, and for team members on what is assigned to them.',
  })
  async changeTaskStatus(
    @Arg('input', () => ChangeTaskStatusInput, { description: 'Which task, and what it becomes.' })
    input: ChangeTaskStatusInput,
    @Ctx() context: Context,
  ): Promise<ChangeTaskStatusPayload> {
    return { task: await changeTaskStatus(context, input) };
  }

  @Mutation(() => MoveTaskPayload, { description: 'Changes the order of a project’s tasks. For its managers.' })
  async moveTask(
    @Arg('input', () => MoveTaskInput, { description: 'Which task, and where to.' }) input: MoveTaskInput,
    @Ctx() context: Context,
  ): Promise<MoveTaskPayload> {
    return { task: await moveTask(context, input) };
  }
}
