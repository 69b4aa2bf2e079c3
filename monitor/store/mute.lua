-- Add or end a mute, and write it into the audit.
--
-- KEYS  mutes, audit, what the mute has hidden
-- ARGV  action ("added", "ended", "ran_out"), id of the mute, its record, by whom
-- Returns 1 when it was done, 0 when there was nothing to do
local mutes, log, hidden = unpack(KEYS)
local action, id, record, by = unpack(ARGV)
local count = redis.call('HLEN', hidden)
if action == 'added' then
  if redis.call('HSETNX', mutes, id, record) == 0 then return 0 end
else
  if redis.call('HDEL', mutes, id) == 0 then return 0 end
  redis.call('DEL', hidden)
end
redis.call('XADD', log, 'MAXLEN', '~', 100000, '*', 'action', action, 'by', by, 'mute', record, 'hidden', count)
return 1
