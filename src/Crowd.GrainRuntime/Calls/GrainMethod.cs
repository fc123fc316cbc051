namespace Crowd.GrainRuntime;

/// <summary>What the runtime knows of one method of a grain interface, or of a turn that it makes itself (a timer's tick).</summary>
internal class GrainMethod
{
    /// <summary>For people: <c>IJobGrain.Open</c>.</summary>
    public string Name { get; set; } = "";

    public bool AlwaysInterleave { get; set; }

    public bool ReadOnly { get; set; }

    /// <summary>Not to be counted as use of the grain.</summary>
    public bool KeepsIdle { get; set; }
}

/// <summary>A method and the code that calls it on an instance with its arguments packed as a tuple.</summary>
internal sealed class GrainMethod<TArgs>(Func<object, TArgs, Task> invoke) : GrainMethod
{
    public Func<object, TArgs, Task> Invoke { get; } = invoke;
}
