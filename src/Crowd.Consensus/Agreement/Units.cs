namespace Crowd.Consensus.Agreement;

/// <summary>Positions of answers grouped by task: those of task <c>t</c> are <c>Order[Starts[t]]</c> up to <c>Order[Starts[t + 1]]</c>.</summary>
internal readonly struct Units
{
    private Units(int[] starts, int[] order)
    {
        Starts = starts;
        Order = order;
    }

    public int[] Starts { get; }

    public int[] Order { get; }

    public int Count => Starts.Length - 1;

    /// <summary>Groups by task number; within a task the positions keep their order.</summary>
    public static Units Of(ReadOnlySpan<int> tasks)
    {
        var count = 0;
        foreach (var task in tasks) count = Math.Max(count, task + 1);

        var starts = new int[count + 1];
        foreach (var task in tasks) starts[task + 1]++;
        for (var t = 0; t < count; t++) starts[t + 1] += starts[t];

        var next = starts.AsSpan(0, count).ToArray();
        var order = new int[tasks.Length];
        for (var i = 0; i < tasks.Length; i++) order[next[tasks[i]]++] = i;
        return new Units(starts, order);
    }

    /// <summary>The positions of the answers to one task.</summary>
    public ReadOnlySpan<int> Of(int task) => Order.AsSpan(Starts[task], Starts[task + 1] - Starts[task]);
}
