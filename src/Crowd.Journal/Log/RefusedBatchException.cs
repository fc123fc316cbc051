namespace Crowd.Journal;

/// <summary>A batch holds something that the store refuses for good; nothing of it was written.</summary>
internal sealed class RefusedBatchException(string message, Exception? inner) : Exception(message, inner);
