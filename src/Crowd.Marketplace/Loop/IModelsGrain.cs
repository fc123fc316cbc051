using Crowd.Domain;

namespace Crowd.Marketplace.Loop;

/// <summary>The model versions of a job. Key: <see cref="ModelEvent.StreamOf"/> of the job.</summary>
public interface IModelsGrain : IGrainWithStringKey
{
    /// <summary>Makes a version known before it predicts.</summary>
    Task<Outcome<ModelVersion>> RegisterAsync(string model, string version, string? note, string actor);

    /// <summary>
    /// Compares a version with people: on the tasks that people labelled after it had predicted them, which it cannot have been trained on. Where a model voted,
    /// what people alone said counts.
    /// </summary>
    Task<Outcome<ModelVersion>> CompareAsync(string model, string version, string actor);

    /// <summary>Keeps figures that a trainer measured on tasks it had put aside.</summary>
    Task<Outcome<ModelVersion>> MeasureAsync(string model, string version, ModelFigures figures, string actor);

    /// <summary>Lets rules accept what the version predicts.</summary>
    Task<Outcome<ModelVersion>> ApproveAsync(string model, string version, string reason, string actor);

    /// <summary>Ends that.</summary>
    Task<Outcome<ModelVersion>> RetireAsync(string model, string version, string reason, string actor);
}
