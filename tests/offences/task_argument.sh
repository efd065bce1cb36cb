# A task that is handed more than the number of a job.
# stage: sqlite tests/boards/test_broker.py -k number
# because: FAILED .*test_everything_sent_to_the_broker_is_the_jobs_number
sed -i 's/task.apply_async(args=\[job.pk\]/task.apply_async(args=[job.pk, job.key]/' security_program/scheduler.py
