using Crowd.Marketplace.Jobs;

namespace Crowd.Marketplace.Tests;

public sealed class TaskQueueTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void No_worker_gets_a_task_twice_and_every_task_gets_its_answers(int seed)
    {
        var random = new Random(seed);
        var queue = new TaskQueue { MinAnswers = 3 };
        for (var i = 0; i < 50; i++)
            queue.Add(new() { Id = (UInt128)(i + 1), Priority = (short)random.Next(3) });
        var had = new HashSet<(int Worker, UInt128 Task)>();
        for (var round = 0; round < 2_000; round++)
        {
            var worker = random.Next(8);
            var slot = queue.Take(worker);
            if (slot < 0)
                continue;
            Assert.True(had.Add((worker, queue[slot].Id)), $"Worker {worker} gets a task twice.");
            queue.Mark(slot, worker);
            queue[slot].Begun = true;
            queue[slot].Answers++;
            if (queue[slot].Answers == 3)
                queue[slot].Wanted = TaskQueue.NoMore;
            queue.Release(slot);
        }

        Assert.Equal(0, queue.Count);
        Assert.Equal(150, had.Count);
    }

    [Fact]
    public void Higher_priority_comes_first_and_begun_tasks_before_fresh_ones()
    {
        var queue = new TaskQueue { MinAnswers = 1 };
        var low = queue.Add(new() { Id = 1, Priority = -1 });
        var fresh = queue.Add(new() { Id = 2 });
        var begun = queue.Add(new() { Id = 3, Begun = true });
        var high = queue.Add(new() { Id = 4, Priority = 5 });
        Assert.Equal([high, begun, fresh, low, -1], Enumerable.Range(0, 5).Select(_ => queue.Take(0)));
    }

    [Fact]
    public void Preferred_tasks_come_in_their_order_after_begun_ones_of_their_priority()
    {
        var queue = new TaskQueue { MinAnswers = 1 };
        int[] slots = [.. Enumerable.Range(1, 6).Select(i => queue.Add(new() { Id = (UInt128)i }))];
        var begun = queue.Add(new() { Id = 7, Begun = true });
        var high = queue.Add(new() { Id = 8, Priority = 1 });
        queue.Prefer([slots[4], slots[2], begun]);
        queue.Prefer([slots[3], slots[5], slots[3]]);
        Assert.Equal([high, begun, slots[3], slots[5], slots[0], slots[1], slots[4], slots[2], -1], Enumerable.Range(0, 9).Select(_ => queue.Take(0)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Preferring_at_any_time_neither_loses_a_task_nor_gives_it_twice(int seed)
    {
        var random = new Random(seed);
        var queue = new TaskQueue { MinAnswers = 2 };
        for (var i = 0; i < 60; i++)
            queue.Add(new() { Id = (UInt128)(i + 1), Priority = (short)random.Next(2) });
        var had = new HashSet<(int Worker, UInt128 Task)>();
        for (var round = 0; round < 3_000; round++)
        {
            if (round % 7 == 0)
                queue.Prefer([.. queue.Slots.Where(_ => random.Next(4) == 0).OrderBy(_ => random.Next())]);
            var worker = random.Next(6);
            var slot = queue.Take(worker);
            if (slot < 0)
                continue;
            queue.Mark(slot, worker);
            queue[slot].Begun = true;
            if (random.Next(5) == 0)
            {
                queue.Unmark(slot, worker); // the lease ended
                queue.Release(slot);
                continue;
            }

            Assert.True(had.Add((worker, queue[slot].Id)), $"Worker {worker} gets a task twice.");
            queue[slot].Answers++;
            if (queue[slot].Answers == 2)
                queue[slot].Wanted = TaskQueue.NoMore;
            queue.Release(slot);
        }

        Assert.Equal(0, queue.Count);
        Assert.Equal(120, had.Count);
    }

    [Fact]
    public void A_task_whose_lease_ended_comes_again_to_those_who_passed_it()
    {
        var queue = new TaskQueue { MinAnswers = 1 };
        var slot = queue.Add(new() { Id = 1 });
        Assert.Equal(slot, queue.Take(0));
        queue.Mark(slot, 0);
        Assert.Equal(-1, queue.Take(1));
        queue.Unmark(slot, 0);
        queue.Release(slot);
        Assert.True(queue.HasFor(0));
        Assert.Equal(slot, queue.Take(0));
    }

    [Fact]
    public void A_million_open_tasks_take_less_than_200_bytes_each()
    {
        const int Tasks = 1_000_000;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var queue = new TaskQueue();
        for (var i = 1; i <= Tasks; i++)
            queue.Add(new() { Id = (UInt128)i });
        var taken = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.Equal(Tasks, queue.Count);
        Assert.InRange(taken / Tasks, 1, 200);
    }
}
