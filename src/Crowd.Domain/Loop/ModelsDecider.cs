namespace Crowd.Domain;

/// <summary>What may happen to the model versions of a job. Pure: the state and a command in, events or a refusal out.</summary>
public static class ModelsDecider
{
    /// <summary>Tasks that a version must have been compared on before it can be approved.</summary>
    public const int LeastCompared = 30;

    /// <summary>Most versions of one job.</summary>
    public const int VersionLimit = 1_000;

    /// <summary>Makes a version known. Again changes nothing.</summary>
    public static Outcome<ModelEvent[]> Register(ModelsState state, JobId job, string model, string version, string? note)
    {
        if (Wrong(model, version) is { } wrong)
            return wrong;
        if (state.Of(model, version).Registered)
            return Array.Empty<ModelEvent>();
        return state.Versions.Count >= VersionLimit
            ? Reject.With(RejectionCode.LimitExceeded, $"A job has at most {VersionLimit} model versions.")
            : One(new ModelEvent.Registered { Job = job, Model = model, Version = version, Note = note });
    }

    /// <summary>Keeps what a comparison found. The same figures again change nothing.</summary>
    public static Outcome<ModelEvent[]> Measure(ModelsState state, JobId job, string model, string version, ModelFigures figures)
    {
        if (Wrong(model, version) is { } wrong)
            return wrong;
        return state.Of(model, version).Figures == figures
            ? Array.Empty<ModelEvent>()
            : One(new ModelEvent.Measured { Job = job, Model = model, Version = version, Figures = figures });
    }

    /// <summary>Lets rules accept what the version predicts: only after it was compared with people.</summary>
    public static Outcome<ModelEvent[]> Approve(ModelsState state, JobId job, string model, string version, string reason)
    {
        if (Wrong(model, version) is { } wrong)
            return wrong;
        var found = state.Of(model, version);
        if (found.Status == ModelStatus.Approved)
            return Array.Empty<ModelEvent>();
        if (found.Status == ModelStatus.Retired)
            return Reject.With(RejectionCode.AlreadySettled, "The version was retired: send what it predicts under a new version.");
        if (found.Figures is not { Tasks: >= LeastCompared } figures)
            return Reject.With(RejectionCode.WindowClosed, $"The version was compared on {found.Figures?.Tasks ?? 0} tasks; compare it on at least {LeastCompared} that people labelled (measureModel).");
        if (Reason(reason) is { } unsaid)
            return unsaid;
        return One(new ModelEvent.Approved { Job = job, Model = model, Version = version, Reason = reason, Figures = figures });
    }

    /// <summary>Ends what the version may do. Again changes nothing.</summary>
    public static Outcome<ModelEvent[]> Retire(ModelsState state, JobId job, string model, string version, string reason)
    {
        if (Wrong(model, version) is { } wrong)
            return wrong;
        if (state.Of(model, version).Status == ModelStatus.Retired)
            return Array.Empty<ModelEvent>();
        if (Reason(reason) is { } unsaid)
            return unsaid;
        return One(new ModelEvent.Retired { Job = job, Model = model, Version = version, Reason = reason });
    }

    private static Outcome<ModelEvent[]> One(ModelEvent e) => new[] { e };

    private static Rejection? Reason(string reason) => string.IsNullOrWhiteSpace(reason) || reason.Length > TaskDecider.ReasonLength
        ? Reject.Invalid([new("reason", "length", $"give a reason of 1 to {TaskDecider.ReasonLength} characters.")])
        : null;

    private static Rejection? Wrong(string model, string version) => (model, version) is ({ Length: >= 1 and <= Prediction.NameLength }, { Length: >= 1 and <= Prediction.NameLength })
        ? null
        : Reject.Invalid([new("model", "length", $"give a model and a version of 1 to {Prediction.NameLength} characters each.")]);
}
