namespace Crowd.Consensus.Categories.Rules;

/// <summary>
/// How the tables of <see cref="HiddenFit"/> are laid out. A hidden state is a true label with a subtype: state <c>s</c> has the label
/// <c>s / Subtypes</c>. The entry for worker w, answered label l and state s is at <c>(w · Labels + l) · Stride + s</c>.
/// </summary>
internal readonly record struct HiddenShape(int Workers, int Labels, int Subtypes)
{
    /// <summary>Numbers in a vector register.</summary>
    public const int Width = 4;

    public int States => Labels * Subtypes;

    /// <summary>States rounded up to whole vectors; the padding is always zero.</summary>
    public int Stride => (States + Width - 1) / Width * Width;

    public int TableLength => checked(Workers * Labels * Stride);

    public int LabelOf(int state) => state / Subtypes;

    /// <summary>Where a worker's answer stands for a state.</summary>
    public int At(int worker, int answered, int state) => (((worker * Labels) + answered) * Stride) + state;
}

/// <summary>How expected counts become the factors of the next round.</summary>
internal interface ITableRule
{
    /// <summary>
    /// On entry <paramref name="table"/> holds how often each worker is expected to have given each answer in each state, and
    /// <paramref name="shares"/> how many tasks are expected to be in each state; on return the factors with which an answer and a state are
    /// multiplied into a task's posterior.
    /// </summary>
    /// <returns>What the objective has besides the likelihood of the tasks: the log prior, or minus the divergence from it.</returns>
    double Estimate(HiddenShape shape, Span<double> table, Span<double> shares);
}
