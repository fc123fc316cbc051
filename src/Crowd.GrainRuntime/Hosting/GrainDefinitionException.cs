namespace Crowd.GrainRuntime;

/// <summary>Grain classes or interfaces cannot be used as they are written. The message names every fault; thrown when the host starts.</summary>
public sealed class GrainDefinitionException(string message) : Exception(message);
