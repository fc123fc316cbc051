using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Crowd.Consensus.Categories;

// One pass over a part of the tasks. These loops are compiled at full optimisation at once: a fit is often over before the runtime would have noticed them.
internal sealed partial class HiddenFit
{
    /// <summary>At most four states, nothing known, nothing hard: a posterior is one vector that never leaves its register.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Tally PassOfFour(Part part, int from, int to)
    {
        ref var start = ref MemoryMarshal.GetArrayDataReference(_answers.TaskStartArray);
        ref var rows = ref MemoryMarshal.GetArrayDataReference(_rows);
        ref var table = ref MemoryMarshal.GetArrayDataReference(_table);
        ref var counts = ref MemoryMarshal.GetArrayDataReference(part.Counts);
        ref var posteriors = ref MemoryMarshal.GetArrayDataReference(_posteriors);
        var shares = Vector256.LoadUnsafe(ref _shares[0]);
        var sums = Vector256<double>.Zero;
        var tally = new Tally();
        for (var t = from; t < to; t++)
        {
            var first = Unsafe.Add(ref start, t);
            var end = Unsafe.Add(ref start, t + 1);
            if (first == end) continue;

            var product = shares;
            for (var i = first; i < end; i++)
            {
                product *= Vector256.LoadUnsafe(ref table, (nuint)Unsafe.Add(ref rows, i));
                if (((i - first) & 7) == 7) product = tally.Rescale(product);
            }

            var sum = Vector256.Sum(product);
            var next = product / sum;
            ref var posterior = ref Unsafe.Add(ref posteriors, t * Width);
            tally.Difference += Vector256.Abs(next - Vector256.LoadUnsafe(ref posterior));
            next.StoreUnsafe(ref posterior);
            tally.Multiply(sum);
            sums += next;
            for (var i = first; i < end; i++)
            {
                ref var count = ref Unsafe.Add(ref counts, Unsafe.Add(ref rows, i));
                (Vector256.LoadUnsafe(ref count) + next).StoreUnsafe(ref count);
            }
        }

        sums.StoreUnsafe(ref part.ShareCounts[0]);
        return tally;
    }

    private Tally Pass(Part part, int from, int to)
    {
        var tally = new Tally();
        for (var t = from; t < to; t++)
        {
            if (!IsSeen(t)) continue;

            Infer(part, ref tally, t, _gold is null ? -1 : _gold[t]);
            Count(part, t);
        }

        return tally;
    }

    private bool IsSeen(int task) => _answers.TaskStartArray[task] < _answers.TaskStartArray[task + 1] || (_gold is not null && _gold[task] >= 0);

    /// <summary>The posterior of one task is the shares of the states times the row of each answer (Dawid and Skene's eq. 2.5).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Infer(Part part, ref Tally tally, int task, int known)
    {
        var row = part.Row.AsSpan();
        _shares.CopyTo(row);
        if (known >= 0)
        {
            for (var s = 0; s < _shape.States; s++) row[s] = _shape.LabelOf(s) == known ? row[s] : 0;
        }

        var first = _answers.TaskStartArray[task];
        for (var i = first; i < _answers.TaskStartArray[task + 1]; i++)
        {
            var factor = _table.AsSpan(_rows[i], _stride);
            for (var k = 0; k < row.Length; k += Width) (Vector256.Create(row[k..]) * Vector256.Create(factor[k..])).CopyTo(row[k..]);
            if (((i - first) & 7) == 7) tally.Rescale(row);
        }

        var sum = 0.0;
        foreach (var value in row) sum += value;
        tally.Multiply(sum);
        if (_hardTotals is not null)
        {
            var best = TieBreak.Best(row[.._labelCount], _hardTotals);
            row.Clear();
            row[best] = sum = 1;
        }

        var posterior = _posteriors.AsSpan(task * _stride, _stride);
        for (var k = 0; k < row.Length; k += Width)
        {
            var next = Vector256.Create(row[k..]) / sum;
            tally.Difference += Vector256.Abs(next - Vector256.Create(posterior[k..]));
            next.CopyTo(posterior[k..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Count(Part part, int task)
    {
        var first = _answers.TaskStartArray[task];
        var end = _answers.TaskStartArray[task + 1];
        ref var rows = ref MemoryMarshal.GetArrayDataReference(_rows);
        ref var counts = ref MemoryMarshal.GetArrayDataReference(part.Counts);
        ref var posterior = ref _posteriors[task * _stride];
        for (nuint k = 0; k < (nuint)_stride; k += Width)
        {
            var row = Vector256.LoadUnsafe(ref posterior, k);
            (Vector256.LoadUnsafe(ref part.ShareCounts[0], k) + row).StoreUnsafe(ref part.ShareCounts[0], k);
            for (var i = first; i < end; i++)
            {
                var at = (nuint)Unsafe.Add(ref rows, i) + k;
                (Vector256.LoadUnsafe(ref counts, at) + row).StoreUnsafe(ref counts, at);
            }
        }
    }
}
