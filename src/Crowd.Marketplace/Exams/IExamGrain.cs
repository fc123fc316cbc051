using Crowd.Domain;

namespace Crowd.Marketplace.Exams;

/// <summary>One exam. Key: the exam's id.</summary>
public interface IExamGrain : IGrainWithStringKey
{
    /// <summary>Publishes it. The same content again changes nothing.</summary>
    Task<Outcome<ExamId>> PublishAsync(RequesterId? requester, ExamSpec spec, string actor);

    /// <summary>Lets nobody begin it any more.</summary>
    Task<Outcome<Done>> RetireAsync(string actor);

    /// <summary>The exam with its known answers; without a specification when there is none.</summary>
    Task<ExamState> GetAsync();
}
